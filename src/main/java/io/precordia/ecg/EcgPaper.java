package io.precordia.ecg;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Ecg;
import io.precordia.study.Lead;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * Draws an ECG on paper at 25 mm/s and 10 mm/mV: three rows of four leads, 2.5 s each, in the usual
 * order, over a 10 s rhythm strip of lead II (or the first lead present), with the 1 mV calibration
 * pulse before each row. Signals without voltage have no pulse; they are drawn at 2.5 mm per
 * standard deviation and say "relative amplitude". Absent leads keep their label and stay blank;
 * gaps are gaps. Needs no fonts and no display.
 */
public final class EcgPaper {
  private static final Lead[][] ROWS = {
    {Lead.I, Lead.AVR, Lead.V1, Lead.V4},
    {Lead.II, Lead.AVL, Lead.V2, Lead.V5},
    {Lead.III, Lead.AVF, Lead.V3, Lead.V6}
  };
  private static final double SECONDS = 10;
  private static final double MM_PER_SECOND = 25;
  private static final double MM_PER_MILLIVOLT = 10;
  private static final double MM_PER_DEVIATION = 2.5;
  private static final int WIDTH_MM = 270;
  private static final int HEIGHT_MM = 140;
  private static final double LEFT_MM = 15;
  private static final double FIRST_ROW_MM = 25;
  private static final double ROW_MM = 30;
  private static final Color PAPER = new Color(0xfff8f6);
  private static final Color FINE = new Color(0xf9dcd8);
  private static final Color COARSE = new Color(0xeeb0a8);
  private static final Color INK = new Color(0x1b1b24);

  private EcgPaper() {}

  /**
   * The first ten seconds on paper, as PNG of {@code 270 x 140 mm}.
   *
   * @param pixelsPerMm 1 to 20; 4 suits a screen
   */
  public static byte[] png(Ecg ecg, double pixelsPerMm) {
    return png(ecg, pixelsPerMm, (lead, seconds) -> 0);
  }

  /** Colour behind a lead's trace. */
  @FunctionalInterface
  public interface Tint {
    /**
     * @param seconds from the start of the recording
     * @return 0xAARRGGBB; 0 for bare paper
     */
    int argb(Lead lead, double seconds);
  }

  /** {@link #png(Ecg, double)} over a tinted paper, each lead in its own place. */
  public static byte[] png(Ecg ecg, double pixelsPerMm, Tint tint) {
    if (!(pixelsPerMm >= 1 && pixelsPerMm <= 20)) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "pixels per mm must lie between 1 and 20");
    }
    BufferedImage image =
        new BufferedImage(
            (int) (WIDTH_MM * pixelsPerMm),
            (int) (HEIGHT_MM * pixelsPerMm),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = canvas(image);
    grid(g, pixelsPerMm, WIDTH_MM, HEIGHT_MM);
    for (int row = 0; row <= ROWS.length; row++) {
      double middle = FIRST_ROW_MM + row * ROW_MM;
      pulse(g, ecg, middle, pixelsPerMm);
      if (row < ROWS.length) {
        for (int column = 0; column < 4; column++) {
          double from = column * SECONDS / 4;
          tint(g, tint, ROWS[row][column], from, from + SECONDS / 4, middle, pixelsPerMm);
          trace(g, ecg, ROWS[row][column], from, from + SECONDS / 4, middle, pixelsPerMm);
        }
      } else {
        tint(g, tint, rhythm(ecg), 0, SECONDS, middle, pixelsPerMm);
        trace(g, ecg, rhythm(ecg), 0, SECONDS, middle, pixelsPerMm);
      }
    }
    String scale =
        ecg.calibrated() ? "25 mm/s   10 mm/mV" : "25 mm/s   relative amplitude (2.5 mm = 1 SD)";
    g.setColor(INK);
    StrokeFont.draw(g, scale, 5 * pixelsPerMm, (HEIGHT_MM - 4) * pixelsPerMm, 2.5 * pixelsPerMm);
    g.dispose();
    return encode(image);
  }

  /**
   * A strip of lead II (or the first lead present) as PNG: at most ten seconds over the whole
   * width, scaled to fit.
   *
   * @param width pixels, 40 to 4000
   * @param height pixels, 20 to 2000
   */
  public static byte[] thumbnail(Ecg ecg, int width, int height) {
    if (width < 40 || width > 4000 || height < 20 || height > 2000) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "a thumbnail is 40 to 4000 pixels wide and 20 to 2000 high");
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = canvas(image);
    grid(
        g,
        width / (SECONDS * MM_PER_SECOND),
        (int) Math.ceil(SECONDS * MM_PER_SECOND),
        (int) Math.ceil(height * SECONDS * MM_PER_SECOND / width));
    float[] samples = ecg.millivolts()[rhythm(ecg).ordinal()];
    int n = (int) Math.min(samples.length, SECONDS * ecg.rateHz());
    double low = Double.MAX_VALUE;
    double high = -Double.MAX_VALUE;
    for (int i = 0; i < n; i++) {
      if (Float.isFinite(samples[i])) {
        low = Math.min(low, samples[i]);
        high = Math.max(high, samples[i]);
      }
    }
    double span = Math.max(high - low, ecg.calibrated() ? 1 : 4);
    double centre = (high + low) / 2;
    double perUnit = height * 0.8 / span;
    g.setColor(INK);
    g.setStroke(new BasicStroke(1.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(
        path(
            samples,
            0,
            n,
            i -> i / (SECONDS * ecg.rateHz()) * width,
            v -> height / 2.0 - (v - centre) * perUnit));
    g.dispose();
    return encode(image);
  }

  /** One column of pixels after the other. */
  private static void tint(
      Graphics2D g, Tint tint, Lead lead, double from, double to, double middle, double scale) {
    int first = (int) Math.round((LEFT_MM + from * MM_PER_SECOND) * scale);
    int last = (int) Math.round((LEFT_MM + to * MM_PER_SECOND) * scale);
    int top = (int) Math.round((middle - ROW_MM / 2) * scale);
    int height = (int) Math.round(ROW_MM * scale);
    for (int x = first; x < last; x++) {
      int argb = tint.argb(lead, ((x + 0.5) / scale - LEFT_MM) / MM_PER_SECOND);
      if (argb >>> 24 != 0) {
        g.setColor(new Color(argb, true));
        g.fillRect(x, top, 1, height);
      }
    }
  }

  private static void trace(
      Graphics2D g, Ecg ecg, Lead lead, double from, double to, double middle, double scale) {
    double x0 = LEFT_MM + from * MM_PER_SECOND;
    g.setColor(INK);
    StrokeFont.draw(
        g, EcgAssembler.label(lead), (x0 + 1.5) * scale, (middle - 9) * scale, 3 * scale);
    g.setStroke(new BasicStroke((float) Math.max(0.5, 0.1 * scale)));
    g.draw(new Line2D.Double(x0 * scale, (middle - 3) * scale, x0 * scale, (middle + 3) * scale));
    if (ecg.present()[lead.ordinal()]) {
      int first = (int) Math.round(from * ecg.rateHz());
      int last = (int) Math.min(ecg.samples(), Math.round(to * ecg.rateHz()) + 1);
      double perUnit = ecg.calibrated() ? MM_PER_MILLIVOLT : MM_PER_DEVIATION;
      g.setStroke(
          new BasicStroke(
              (float) Math.max(1, 0.3 * scale), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
      double rate = ecg.rateHz();
      g.draw(
          path(
              ecg.millivolts()[lead.ordinal()],
              first,
              last,
              i -> (LEFT_MM + i / rate * MM_PER_SECOND) * scale,
              v -> Math.clamp((middle - v * perUnit) * scale, -scale, (HEIGHT_MM + 1) * scale)));
    }
  }

  private static Path2D path(
      float[] samples,
      int from,
      int to,
      java.util.function.IntToDoubleFunction x,
      java.util.function.DoubleUnaryOperator y) {
    Path2D path = new Path2D.Double();
    boolean pen = false;
    for (int i = from; i < to; i++) {
      boolean ink = Float.isFinite(samples[i]);
      if (ink && pen) {
        path.lineTo(x.applyAsDouble(i), y.applyAsDouble(samples[i]));
      } else if (ink) {
        path.moveTo(x.applyAsDouble(i), y.applyAsDouble(samples[i]));
      }
      pen = ink;
    }
    return path;
  }

  /** The 1 mV, 0.2 s calibration pulse; nothing where there is no voltage. */
  private static void pulse(Graphics2D g, Ecg ecg, double middle, double scale) {
    if (!ecg.calibrated()) {
      return;
    }
    double[][] corners = {
      {6, 0}, {7.5, 0}, {7.5, MM_PER_MILLIVOLT}, {12.5, MM_PER_MILLIVOLT}, {12.5, 0}, {14, 0}
    };
    Path2D path = new Path2D.Double();
    for (int i = 0; i < corners.length; i++) {
      double x = corners[i][0] * scale;
      double y = (middle - corners[i][1]) * scale;
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    g.setColor(INK);
    g.setStroke(new BasicStroke((float) Math.max(1, 0.3 * scale)));
    g.draw(path);
  }

  private static Lead rhythm(Ecg ecg) {
    if (ecg.present()[Lead.II.ordinal()]) {
      return Lead.II;
    }
    for (Lead lead : Lead.values()) {
      if (ecg.present()[lead.ordinal()]) {
        return lead;
      }
    }
    return Lead.II;
  }

  private static Graphics2D canvas(BufferedImage image) {
    Graphics2D g = image.createGraphics();
    g.setColor(PAPER);
    g.fillRect(0, 0, image.getWidth(), image.getHeight());
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    return g;
  }

  private static void grid(Graphics2D g, double scale, int widthMm, int heightMm) {
    for (boolean coarse : new boolean[] {false, true}) {
      boolean visible = coarse || scale >= 2;
      g.setColor(coarse ? COARSE : FINE);
      g.setStroke(new BasicStroke((float) Math.max(0.6, (coarse ? 0.16 : 0.1) * scale)));
      int step = coarse ? 5 : 1;
      for (int mm = 0; visible && mm <= widthMm; mm += step) {
        g.draw(new Line2D.Double(mm * scale, 0, mm * scale, heightMm * scale));
      }
      for (int mm = 0; visible && mm <= heightMm; mm += step) {
        g.draw(new Line2D.Double(0, mm * scale, widthMm * scale, mm * scale));
      }
    }
  }

  private static byte[] encode(BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
