package io.precordia.index;

import java.util.Arrays;

/**
 * First pass over a range of rows: keeps every row whose upper bound reaches the k-th largest lower
 * bound of distinct instances seen, so no row of the true top k can be lost. Used by one thread.
 */
final class Candidates {
  private final Rows rows;
  private final int k;

  /**
   * Rows behind the k largest lower bounds so far, one per instance, as a binary heap with the
   * smallest on top.
   */
  private final int[] heapRow;

  private final double[] heapLower;
  private int heapSize;

  /**
   * At most {@link #threshold()}: what a row's upper bound is first held against, in the precision
   * of the scan.
   */
  private float threshold = Float.NEGATIVE_INFINITY;

  private int[] row = new int[256];
  private double[] upper = new double[256];
  private int count;

  Candidates(Rows rows, int k) {
    this.rows = rows;
    this.k = k;
    this.heapRow = new int[k];
    this.heapLower = new double[k];
  }

  /**
   * A lower bound of the k-th best score, or minus infinity while fewer than k instances were seen.
   */
  double threshold() {
    return heapSize < k ? Double.NEGATIVE_INFINITY : heapLower[0];
  }

  void offer(int candidate, float estimate, float error) {
    if (estimate + error < threshold) {
      return;
    }
    keep(candidate, (double) estimate + error);
    double lower = (double) estimate - error;
    if (lower > threshold()) {
      raise(candidate, lower);
      threshold = (float) Math.nextDown(threshold());
    }
  }

  /** Upper bound of the i-th row kept. */
  double upper(int i) {
    return upper[i];
  }

  /** Folds another pass in: afterwards the threshold is that of both ranges. */
  void merge(Candidates other) {
    for (int i = 0; i < other.count; i++) {
      keep(other.row[i], other.upper[i]);
    }
    for (int i = 0; i < other.heapSize; i++) {
      if (other.heapLower[i] > threshold()) {
        raise(other.heapRow[i], other.heapLower[i]);
      }
    }
  }

  /** Rows that can still be among the best k instances. */
  int[] survivors() {
    double threshold = threshold();
    int[] out = new int[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (upper[i] >= threshold) {
        out[n++] = row[i];
      }
    }
    return Arrays.copyOf(out, n);
  }

  private void keep(int candidate, double bound) {
    if (count == row.length) {
      compact();
    }
    row[count] = candidate;
    upper[count++] = bound;
  }

  private void compact() {
    double threshold = threshold();
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (upper[i] >= threshold) {
        row[n] = row[i];
        upper[n++] = upper[i];
      }
    }
    count = n;
    if (n > row.length / 2) {
      row = Arrays.copyOf(row, row.length * 2);
      upper = Arrays.copyOf(upper, upper.length * 2);
    }
  }

  private void raise(int candidate, double lower) {
    String instance = rows.entry(candidate).instance();
    for (int i = 0; i < heapSize; i++) {
      if (rows.entry(heapRow[i]).instance().equals(instance)) {
        if (lower > heapLower[i]) {
          heapLower[i] = lower;
          heapRow[i] = candidate;
          down(i);
        }
        return;
      }
    }
    if (heapSize < k) {
      heapRow[heapSize] = candidate;
      heapLower[heapSize] = lower;
      up(heapSize++);
    } else {
      heapRow[0] = candidate;
      heapLower[0] = lower;
      down(0);
    }
  }

  private void up(int start) {
    int i = start;
    while (i > 0 && heapLower[i] < heapLower[(i - 1) / 2]) {
      swap(i, (i - 1) / 2);
      i = (i - 1) / 2;
    }
  }

  private void down(int start) {
    int i = start;
    while (true) {
      int least = i;
      for (int child = 2 * i + 1; child <= 2 * i + 2 && child < heapSize; child++) {
        if (heapLower[child] < heapLower[least]) {
          least = child;
        }
      }
      if (least == i) {
        return;
      }
      swap(i, least);
      i = least;
    }
  }

  private void swap(int a, int b) {
    int r = heapRow[a];
    heapRow[a] = heapRow[b];
    heapRow[b] = r;
    double l = heapLower[a];
    heapLower[a] = heapLower[b];
    heapLower[b] = l;
  }
}
