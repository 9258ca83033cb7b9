package io.precordia.dicom.jpeg;

/** Luminance and chrominance to RGB, of any precision (ITU-T T.871 clause 7). */
final class ColourTransform {
  private ColourTransform() {}

  /**
   * Converts three planes of n samples in place.
   *
   * @param planes Y, CB, CR
   */
  static void toRgb(int[] planes, int n, int precision) {
    int middle = 1 << (precision - 1);
    int largest = (1 << precision) - 1;
    for (int i = 0; i < n; i++) {
      double y = planes[i];
      double cb = planes[n + i] - middle;
      double cr = planes[2 * n + i] - middle;
      planes[i] = level(y + 1.402 * cr, largest);
      planes[n + i] = level(y - 0.344136 * cb - 0.714136 * cr, largest);
      planes[2 * n + i] = level(y + 1.772 * cb, largest);
    }
  }

  private static int level(double value, int largest) {
    return (int) Math.clamp(Math.round(value), 0, largest);
  }
}
