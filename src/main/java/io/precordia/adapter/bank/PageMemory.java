package io.precordia.adapter.bank;

import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;

/**
 * The floats behind page numbers. A factor lies in row-major order, cut every {@link #width()}
 * floats: element k is in its page k / width at k % width. Different pages may be used by different
 * threads; whoever writes a page makes it visible before others read it.
 */
public interface PageMemory {
  /** Floats per page. */
  int width();

  /** Number of pages. */
  int pages();

  /** Overwrites a page by {@code length} values from {@code from}; the rest of it is undefined. */
  void write(int page, float[] values, int from, int length);

  /** A factor [rows, columns] that lies in the given pages, usable in the open scope. */
  Tensor factor(Ops ops, int[] pages, int rows, int columns);

  /** Pages that so many floats take. */
  default int pagesFor(long floats) {
    return Math.toIntExact((floats + width() - 1) / width());
  }
}
