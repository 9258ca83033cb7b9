package io.precordia.model.explain;

/**
 * Relevance over a radiograph, as a grid that covers the whole image evenly.
 *
 * @param cells [rows][columns], top row first
 */
public record XrayRelevance(float[][] cells) implements RelevanceMap {
  public XrayRelevance {
    if (cells.length == 0 || cells[0].length == 0) {
      throw new IllegalArgumentException("a relevance map has at least one cell");
    }
  }

  /** From row-major values. */
  public static XrayRelevance of(float[] values, int rows, int columns) {
    float[][] cells = new float[rows][columns];
    for (int i = 0; i < rows * columns; i++) {
      cells[i / columns][i % columns] = values[i];
    }
    return new XrayRelevance(cells);
  }

  public int rows() {
    return cells.length;
  }

  public int columns() {
    return cells[0].length;
  }

  @Override
  public XrayRelevance normalised() {
    float largest = 0;
    for (float[] row : cells) {
      for (float v : row) {
        largest = Math.max(largest, v);
      }
    }
    float[][] out = new float[rows()][columns()];
    for (int y = 0; y < rows() && largest > 0; y++) {
      for (int x = 0; x < columns(); x++) {
        out[y][x] = cells[y][x] / largest;
      }
    }
    return new XrayRelevance(out);
  }

  /**
   * Bilinear between the centres of the cells, constant beyond the outermost.
   *
   * @return row-major [height·width]
   */
  public float[] pixels(int width, int height) {
    float[] out = new float[width * height];
    for (int y = 0; y < height; y++) {
      double v = Math.clamp((y + 0.5) * rows() / height - 0.5, 0, rows() - 1);
      int y0 = (int) v;
      int y1 = Math.min(rows() - 1, y0 + 1);
      for (int x = 0; x < width; x++) {
        double u = Math.clamp((x + 0.5) * columns() / width - 0.5, 0, columns() - 1);
        int x0 = (int) u;
        int x1 = Math.min(columns() - 1, x0 + 1);
        double top = cells[y0][x0] + (cells[y0][x1] - cells[y0][x0]) * (u - x0);
        double bottom = cells[y1][x0] + (cells[y1][x1] - cells[y1][x0]) * (u - x0);
        out[y * width + x] = (float) (top + (bottom - top) * (v - y0));
      }
    }
    return out;
  }
}
