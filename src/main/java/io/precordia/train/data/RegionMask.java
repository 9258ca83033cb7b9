package io.precordia.train.data;

/**
 * Where a radiograph shows a fact, coarsely: the covered share of each of {@value #CELLS} × {@value
 * #CELLS} cells, 0 to 255, row-major. The array is shared, treat it as read-only.
 *
 * @param fact id
 */
public record RegionMask(String fact, byte[] coverage) {
  /** Cells along a side. */
  public static final int CELLS = 56;

  /** Points along a side of a patch that are looked up. */
  private static final int POINTS = 4;

  /**
   * @param mask pixels that show the fact, row-major [side·side]; side a multiple of {@value
   *     #CELLS}
   */
  public static RegionMask of(String fact, boolean[] mask, int side) {
    int cell = side / CELLS;
    byte[] coverage = new byte[CELLS * CELLS];
    for (int i = 0; i < coverage.length; i++) {
      int covered = 0;
      for (int y = 0; y < cell; y++) {
        for (int x = 0; x < cell; x++) {
          covered += mask[(i / CELLS * cell + y) * side + i % CELLS * cell + x] ? 1 : 0;
        }
      }
      coverage[i] = (byte) (255 * covered / (cell * cell));
    }
    return new RegionMask(fact, coverage);
  }

  /**
   * Covered share of each patch of the film as it was placed, 0 to 1: [patches·patches].
   *
   * @param side pixels of the placed film
   */
  public float[] placed(XrayPlacement placement, int side, int patches) {
    float[] out = new float[patches * patches];
    double step = (double) side / patches / POINTS;
    for (int i = 0; i < out.length; i++) {
      double sum = 0;
      for (int p = 0; p < POINTS * POINTS; p++) {
        double x = (i % patches * POINTS + p % POINTS + 0.5) * step - 0.5;
        double y = (i / patches * POINTS + p / POINTS + 0.5) * step - 0.5;
        sum += at(placement.sourceX(x, y, side), placement.sourceY(x, y, side), side);
      }
      out[i] = (float) (sum / (255.0 * POINTS * POINTS));
    }
    return out;
  }

  private int at(double x, double y, int side) {
    int column = (int) Math.floor((x + 0.5) * CELLS / side);
    int row = (int) Math.floor((y + 0.5) * CELLS / side);
    boolean outside = column < 0 || row < 0 || column >= CELLS || row >= CELLS;
    return outside ? 0 : coverage[row * CELLS + column] & 255;
  }
}
