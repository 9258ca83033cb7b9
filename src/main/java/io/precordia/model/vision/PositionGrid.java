package io.precordia.model.vision;

import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import java.util.List;

/**
 * Learned positions of a square grid, behind the class token's: [1, 1 + side², width].
 *
 * @param antialiased resize as DINOv2 with registers does, rather than as DINOv2
 */
record PositionGrid(int side, boolean antialiased) {
  /** The table as it is for its own grid, resized for any other: [1, 1 + rows·columns, width]. */
  Tensor fit(Ops ops, Tensor table, int rows, int columns) {
    return rows == side && columns == side ? table : resized(ops, table, rows, columns);
  }

  Tensor resized(Ops ops, Tensor table, int rows, int columns) {
    long width = table.size(2);
    Tensor grid = ops.reshape(ops.slice(table, 1, 1, 1 + (long) side * side), side, side * width);
    Tensor down = ops.upload(weights(rows), rows, side);
    Tensor across = ops.upload(weights(columns), 1, columns, side);
    Tensor tall = ops.reshape(ops.matmul(down, grid, false), rows, side, width);
    Tensor fitted = ops.reshape(ops.matmul(across, tall, false), 1, (long) rows * columns, width);
    return ops.concat(1, List.of(ops.slice(table, 1, 0, 1), fitted));
  }

  private float[] weights(int out) {
    return antialiased ? BicubicWeights.antialiased(side, out) : BicubicWeights.plain(side, out);
  }
}
