package io.precordia.adapter.bank;

import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;

/** Pages in the Java heap, taken from it slab by slab as they are first written. */
public final class HostPages implements PageMemory {
  private static final int SLAB_FLOATS = 1 << 22;

  private final int width;
  private final int pages;
  private final int perSlab;
  private final float[][] slabs;

  /**
   * @param width floats per page; the model's width keeps a row of A in one page
   */
  public HostPages(int width, int pages) {
    if (width < 1 || pages < 1) {
      throw new IllegalArgumentException("pages: width and number at least 1");
    }
    this.width = width;
    this.pages = pages;
    this.perSlab = Math.max(1, SLAB_FLOATS / width);
    this.slabs = new float[(pages + perSlab - 1) / perSlab][];
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int pages() {
    return pages;
  }

  private synchronized float[] slab(int page) {
    int s = page / perSlab;
    if (slabs[s] == null) {
      slabs[s] = new float[Math.multiplyExact(Math.min(perSlab, pages - s * perSlab), width)];
    }
    return slabs[s];
  }

  @Override
  public void write(int page, float[] values, int from, int length) {
    System.arraycopy(values, from, slab(page), page % perSlab * width, length);
  }

  @Override
  public Tensor factor(Ops ops, int[] at, int rows, int columns) {
    float[] out = new float[Math.multiplyExact(rows, columns)];
    for (int i = 0; i < at.length; i++) {
      int from = i * width;
      int length = Math.min(width, out.length - from);
      System.arraycopy(slab(at[i]), at[i] % perSlab * width, out, from, length);
    }
    return ops.upload(out, rows, columns);
  }
}
