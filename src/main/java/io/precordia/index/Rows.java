package io.precordia.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Growing columns of one index: codes, full-precision values and the {@link Entry} of each row. Not
 * thread-safe. A row that is removed is overwritten by the last row, and the freed place is zeroed,
 * so that a deleted vector is not left in memory.
 */
final class Rows {
  /**
   * Rows per chunk, a power of two; a chunk of 256 dimensions holds 16 MiB of codes and 64 MiB of
   * values.
   */
  private static final int SHIFT = 16;

  private static final int CHUNK = 1 << SHIFT;

  private final int dimension;
  private final int padded;
  private byte[][] codes = new byte[0][];
  private float[][] values = new float[0][];
  private float[] scale = new float[0];
  private float[] codeNorm = new float[0];
  private float[] residualNorm = new float[0];
  private Entry[] entries = new Entry[0];
  private int size;

  Rows(int dimension) {
    this.dimension = dimension;
    this.padded = ByteDot.padded(dimension);
  }

  int size() {
    return size;
  }

  int padded() {
    return padded;
  }

  Entry entry(int row) {
    return entries[row];
  }

  /** Adds a row; the entry that is kept shares no array with the caller. */
  int append(Entry entry) {
    grow();
    int row = size++;
    write(row, entry, Quantised.of(entry.vector(), padded));
    return row;
  }

  void replace(int row, Entry entry) {
    write(row, entry, Quantised.of(entry.vector(), padded));
  }

  /** Moves the last row here and clears the last place. */
  void remove(int row) {
    int last = size - 1;
    if (row != last) {
      int lastCode = (last & (CHUNK - 1)) * padded;
      int lastValue = (last & (CHUNK - 1)) * dimension;
      System.arraycopy(
          codes[last >> SHIFT],
          lastCode,
          codes[row >> SHIFT],
          (row & (CHUNK - 1)) * padded,
          padded);
      System.arraycopy(
          values[last >> SHIFT],
          lastValue,
          values[row >> SHIFT],
          (row & (CHUNK - 1)) * dimension,
          dimension);
      scale[row] = scale[last];
      codeNorm[row] = codeNorm[last];
      residualNorm[row] = residualNorm[last];
      entries[row] = entries[last];
    }
    int code = (last & (CHUNK - 1)) * padded;
    int value = (last & (CHUNK - 1)) * dimension;
    Arrays.fill(codes[last >> SHIFT], code, code + padded, (byte) 0);
    Arrays.fill(values[last >> SHIFT], value, value + dimension, 0f);
    scale[last] = 0;
    codeNorm[last] = 0;
    residualNorm[last] = 0;
    entries[last] = null;
    size = last;
  }

  /**
   * First pass over rows {@code from} to before {@code to}: offers each row that passes with its
   * code estimate of the product and the largest distance of that estimate from the true product.
   */
  void scan(Quantised query, @Nullable FilterTest test, int from, int to, Candidates candidates) {
    short[] wide = query.wideCodes();
    float queryScale = query.scale();
    // One factor for each norm: quantisation error of the query, of the row, and rounding.
    float perCode = Math.nextUp(query.residualNorm() + (float) (Quantised.ROUNDING * query.norm()));
    float perResidual = Math.nextUp(query.norm() * (float) (1 + Quantised.ROUNDING));
    for (int row = from; row < to; ) {
      byte[] chunk = codes[row >> SHIFT];
      int end = Math.min(to, ((row >> SHIFT) + 1) << SHIFT);
      for (int offset = (row & (CHUNK - 1)) * padded; row < end; row++, offset += padded) {
        if (test == null || test.passes(entries[row])) {
          float estimate = ByteDot.dot(wide, chunk, offset) * queryScale * scale[row];
          candidates.offer(
              row, estimate, perCode * codeNorm[row] + perResidual * residualNorm[row]);
        }
      }
    }
  }

  /** query · row in double precision. */
  double exact(float[] query, int row) {
    float[] chunk = values[row >> SHIFT];
    int offset = (row & (CHUNK - 1)) * dimension;
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      sum += (double) query[i] * chunk[offset + i];
    }
    return sum;
  }

  private void write(int row, Entry entry, Quantised q) {
    System.arraycopy(q.codes(), 0, codes[row >> SHIFT], (row & (CHUNK - 1)) * padded, padded);
    System.arraycopy(
        entry.vector(), 0, values[row >> SHIFT], (row & (CHUNK - 1)) * dimension, dimension);
    scale[row] = q.scale();
    codeNorm[row] = q.codeNorm();
    residualNorm[row] = q.residualNorm();
    entries[row] =
        new Entry(
            entry.instance(),
            entry.window(),
            entry.modality(),
            entry.subject(),
            entry.study(),
            entry.date(),
            entry.sex(),
            entry.ageYears(),
            entry.site(),
            entry.tags(),
            NO_VECTOR);
  }

  private static final float[] NO_VECTOR = {};

  private void grow() {
    if (size == entries.length) {
      int capacity = Math.max(256, size < CHUNK ? size * 2 : size + CHUNK);
      scale = Arrays.copyOf(scale, capacity);
      codeNorm = Arrays.copyOf(codeNorm, capacity);
      residualNorm = Arrays.copyOf(residualNorm, capacity);
      entries = Arrays.copyOf(entries, capacity);
    }
    int chunk = size >> SHIFT;
    if (chunk == codes.length) {
      codes = Arrays.copyOf(codes, chunk + 1);
      values = Arrays.copyOf(values, chunk + 1);
      int rows = chunk == 0 ? 256 : CHUNK;
      codes[chunk] = new byte[rows * padded];
      values[chunk] = new float[rows * dimension];
    }
    int within = size & (CHUNK - 1);
    if (within * padded == codes[chunk].length) {
      codes[chunk] = regrown(codes[chunk], Math.min(CHUNK, within * 2) * padded);
      values[chunk] = regrown(values[chunk], Math.min(CHUNK, within * 2) * dimension);
    }
  }

  /** A larger copy; the old array is wiped since it may hold vectors that are deleted later. */
  private static byte[] regrown(byte[] old, int length) {
    byte[] larger = Arrays.copyOf(old, length);
    Arrays.fill(old, (byte) 0);
    return larger;
  }

  private static float[] regrown(float[] old, int length) {
    float[] larger = Arrays.copyOf(old, length);
    Arrays.fill(old, 0f);
    return larger;
  }
}
