package io.precordia.ecg;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/** A line of words as grey pixels, for pictures that must carry them wherever they are shown. */
public final class CaptionStrip {
  /** Part of the strip's height that a capital may have. */
  private static final double CAPITALS = 0.5;

  private CaptionStrip() {}

  /**
   * White words on black, as large as the strip allows.
   *
   * @param text lower-case letters, digits and simple signs; anything else is a space
   * @return row-major, one octet for each pixel
   */
  public static byte[] grey(int width, int height, String text) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    // a character takes as much room as a capital is high
    double capital = Math.min(CAPITALS * height, (double) width / (text.length() + 2));
    StrokeFont.draw(g, text, capital, (height + capital) / 2, capital);
    g.dispose();
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }
}
