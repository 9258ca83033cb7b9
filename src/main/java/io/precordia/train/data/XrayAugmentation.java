package io.precordia.train.data;

import java.util.SplittableRandom;

/**
 * Changes a radiograph in ways that keep its report true: crop or black bars, small rotation, blur,
 * exposure and noise. Never a flip (the report says left and right) and never an inversion
 * (polarity is decided by the decoder).
 */
public final class XrayAugmentation {
  private static final double MOST_DEGREES = 8;

  private XrayAugmentation() {}

  /**
   * A changed copy of {@code grey} [side·side] written to {@code out} from {@code at}.
   *
   * @param leastArea smallest share of the film that is kept, above 0 to 1; what the report asserts
   *     must stay inside
   * @return which part of the film the copy shows
   */
  public static XrayPlacement apply(
      byte[] grey, int side, double leastArea, SplittableRandom random, byte[] out, int at) {
    double area = leastArea + (1 - leastArea) * random.nextDouble();
    double stretch = Math.exp((random.nextDouble() - 0.5) * 0.3);
    double width = Math.min(1.05, Math.sqrt(area) * stretch) * side;
    double height = Math.min(1.05, Math.sqrt(area) / stretch) * side;
    double centreX = side / 2.0 + (random.nextDouble() - 0.5) * Math.max(0, side - width);
    double centreY = side / 2.0 + (random.nextDouble() - 0.5) * Math.max(0, side - height);
    boolean barred = random.nextInt(8) == 0;
    if (barred && random.nextBoolean()) {
      width = side * (1 + 0.3 * random.nextDouble());
      centreX = side / 2.0;
    } else if (barred) {
      height = side * (1 + 0.3 * random.nextDouble());
      centreY = side / 2.0;
    }
    double blur = random.nextInt(4) == 0 ? 0.4 + random.nextDouble() : 0;
    double angle = Math.toRadians((random.nextDouble() * 2 - 1) * MOST_DEGREES);
    XrayPlacement placement =
        new XrayPlacement(centreX, centreY, width, height, Math.cos(angle), Math.sin(angle));
    double gamma = Math.exp((random.nextDouble() - 0.5) * 0.7);
    double contrast = 1 + (random.nextDouble() - 0.5) * 0.5;
    double brightness = (random.nextDouble() - 0.5) * 0.25;
    double noise = random.nextInt(2) == 0 ? 0 : random.nextDouble() * 8;
    float[] curve = new float[256];
    for (int i = 0; i < 256; i++) {
      curve[i] = (float) (255 * ((Math.pow(i / 255.0, gamma) - 0.5) * contrast + 0.5 + brightness));
    }
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double px = placement.sourceX(x, y, side);
        double py = placement.sourceY(x, y, side);
        if (barred && (px < -1 || py < -1 || px > side || py > side)) {
          out[at + y * side + x] = 0;
          continue;
        }
        float value = sample(grey, side, px, py);
        if (blur > 0) {
          value =
              0.2f
                  * (value
                      + sample(grey, side, px - blur, py)
                      + sample(grey, side, px + blur, py)
                      + sample(grey, side, px, py - blur)
                      + sample(grey, side, px, py + blur));
        }
        int low = Math.clamp((int) value, 0, 254);
        float lit = curve[low] + (curve[low + 1] - curve[low]) * (value - low);
        double jitter =
            noise == 0 ? 0 : noise * (random.nextInt(256) + random.nextInt(256) - 255) / 104.0;
        out[at + y * side + x] = (byte) Math.clamp(Math.round(lit + jitter), 0, 255);
      }
    }
    return placement;
  }

  /** Bilinear; beyond the film the border goes on. */
  private static float sample(byte[] grey, int side, double x, double y) {
    double px = Math.clamp(x, 0, side - 1.001);
    double py = Math.clamp(y, 0, side - 1.001);
    int x0 = (int) px;
    int y0 = (int) py;
    float fx = (float) (px - x0);
    float fy = (float) (py - y0);
    int i = y0 * side + x0;
    float top = (grey[i] & 255) * (1 - fx) + (grey[i + 1] & 255) * fx;
    float bottom = (grey[i + side] & 255) * (1 - fx) + (grey[i + side + 1] & 255) * fx;
    return top * (1 - fy) + bottom * fy;
  }
}
