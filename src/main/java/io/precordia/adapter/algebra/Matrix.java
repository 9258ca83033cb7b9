package io.precordia.adapter.algebra;

import java.util.Arrays;

/** Dense real matrix, row-major; {@code values} is live, not copied. */
public record Matrix(int rows, int columns, double[] values) {
  public Matrix {
    if (rows < 0 || columns < 0 || values.length != Math.multiplyExact(rows, columns)) {
      throw new IllegalArgumentException(
          "matrix " + rows + " by " + columns + " with " + values.length + " values");
    }
  }

  public static Matrix zeros(int rows, int columns) {
    return new Matrix(rows, columns, new double[Math.multiplyExact(rows, columns)]);
  }

  public static Matrix identity(int n) {
    Matrix out = zeros(n, n);
    for (int i = 0; i < n; i++) {
      out.values[i * n + i] = 1;
    }
    return out;
  }

  /** A copy of float values. */
  public static Matrix of(int rows, int columns, float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return new Matrix(rows, columns, wide);
  }

  public double get(int row, int column) {
    return values[row * columns + column];
  }

  public void set(int row, int column, double value) {
    values[row * columns + column] = value;
  }

  public Matrix transposed() {
    Matrix out = zeros(columns, rows);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        out.values[j * rows + i] = values[i * columns + j];
      }
    }
    return out;
  }

  public Matrix times(Matrix other) {
    if (columns != other.rows) {
      throw new IllegalArgumentException(
          "matrix product of " + columns + " columns and " + other.rows + " rows");
    }
    Matrix out = zeros(rows, other.columns);
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < columns; k++) {
        double factor = values[i * columns + k];
        for (int j = 0; j < other.columns; j++) {
          out.values[i * other.columns + j] += factor * other.values[k * other.columns + j];
        }
      }
    }
    return out;
  }

  public Matrix plus(double factor, Matrix other) {
    if (rows != other.rows || columns != other.columns) {
      throw new IllegalArgumentException("matrix sum of different shapes");
    }
    double[] sum = values.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * other.values[i];
    }
    return new Matrix(rows, columns, sum);
  }

  /** Columns from (inclusive) to (exclusive), copied. */
  public Matrix columns(int from, int to) {
    Matrix out = zeros(rows, to - from);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(values, i * columns + from, out.values, i * out.columns, to - from);
    }
    return out;
  }

  /** √Σ values². */
  public double norm() {
    double sum = 0;
    for (double v : values) {
      sum += v * v;
    }
    return Math.sqrt(sum);
  }

  /** Values rounded to float. */
  public float[] floats() {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) values[i];
    }
    return out;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Matrix m
        && rows == m.rows
        && columns == m.columns
        && Arrays.equals(values, m.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * rows + columns) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Matrix[" + rows + ", " + columns + "]";
  }
}
