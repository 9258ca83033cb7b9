package io.precordia.dicom.deid;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.TextLayout;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/** Letters as coverage masks: the machine's own fonts where it has any, and a 5 × 7 dot matrix. */
final class PhiLettering {
  /**
   * @param alpha row-major coverage, 0 to 1
   */
  record Mask(int width, int height, float[] alpha) {
    Mask turned(boolean clockwise) {
      float[] out = new float[alpha.length];
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int nx = clockwise ? height - 1 - y : y;
          int ny = clockwise ? x : width - 1 - x;
          out[ny * height + nx] = alpha[y * width + x];
        }
      }
      return new Mask(height, width, out);
    }
  }

  private static final String[] FAMILIES = {
    "SansSerif", "Serif", "Monospaced", "DejaVu Sans Condensed"
  };
  private static final String ORDER = " -./0123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  /** Columns of the dots, lowest bit on top. */
  private static final String DOTS =
      "0000000000 0808080808 0060600000 2010080402 3E5149453E 00427F4000 4261514946 2141454B31 "
          + "1814127F10 2745454539 3C4A494930 0171090503 3649494936 064949291E 0036360000 "
          + "7E1111117E 7F49494936 3E41414122 7F4141221C 7F49494941 7F09090901 3E4149497A 7F0808087F "
          + "00417F4100 2040413F01 7F08142241 7F40404040 7F020C027F 7F0408107F 3E4141413E 7F09090906 "
          + "3E4151215E 7F09192946 4649494931 01017F0101 3F4040403F 1F2040201F 3F4038403F 6314081463 "
          + "0708700807 6151494543";

  private final boolean fonts = fontsWork();

  private static boolean fontsWork() {
    try {
      draw("A", new Font("SansSerif", Font.PLAIN, 12), false);
      return true;
    } catch (RuntimeException | LinkageError e) {
      return false;
    }
  }

  /** A line of capitals about {@code height} pixels high in a random face. */
  Mask line(Random r, String text, int height) {
    if (!fonts || r.nextInt(4) == 0) {
      return dots(text, Math.max(1, Math.round(height / 7f)));
    }
    int style = r.nextInt(3) == 0 ? Font.BOLD : r.nextInt(6) == 0 ? Font.ITALIC : Font.PLAIN;
    Font font = new Font(FAMILIES[r.nextInt(FAMILIES.length)], style, Math.round(height / 0.72f));
    return draw(text, font, r.nextInt(4) > 0);
  }

  private static Mask draw(String text, Font font, boolean smooth) {
    BufferedImage probe = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D g = probe.createGraphics();
    Rectangle2D b = new TextLayout(text, font, g.getFontRenderContext()).getBounds();
    g.dispose();
    int w = (int) Math.ceil(b.getWidth()) + 2;
    int h = (int) Math.ceil(b.getHeight()) + 2;
    BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_BYTE_GRAY);
    g = image.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING,
        smooth ? RenderingHints.VALUE_TEXT_ANTIALIAS_ON : RenderingHints.VALUE_TEXT_ANTIALIAS_OFF);
    g.setFont(font);
    g.drawString(text, (float) (1 - b.getX()), (float) (1 - b.getY()));
    g.dispose();
    float[] alpha = new float[w * h];
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = (image.getRaster().getSample(i % w, i / w, 0)) / 255f;
    }
    return new Mask(w, h, alpha);
  }

  private static Mask dots(String text, int scale) {
    String upper = text.toUpperCase(java.util.Locale.ROOT);
    String[] glyphs = DOTS.split(" ");
    int w = 6 * upper.length() * scale;
    int h = 7 * scale;
    float[] alpha = new float[w * h];
    for (int k = 0; k < upper.length(); k++) {
      int at = ORDER.indexOf(upper.charAt(k));
      String glyph = glyphs[Math.max(0, at)];
      for (int c = 0; c < 5; c++) {
        int column = Integer.parseInt(glyph.substring(2 * c, 2 * c + 2), 16);
        for (int row = 0; row < 7; row++) {
          if ((column >> row & 1) == 1) {
            for (int dy = 0; dy < scale; dy++) {
              for (int dx = 0; dx < scale; dx++) {
                alpha[(row * scale + dy) * w + (k * 6 + c) * scale + dx] = 1;
              }
            }
          }
        }
      }
    }
    return new Mask(w, h, alpha);
  }

  /** Letters that look like ASCII, for faces without others. */
  static String plain(String text) {
    return java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFD)
        .replaceAll("[^\\x20-\\x7e]", "");
  }
}
