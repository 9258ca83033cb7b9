package io.precordia.nn;

import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;

/** One token's state out of each row of [n, tokens, width]: [n, width]. */
public final class TokenPick {
  private TokenPick() {}

  public static Tensor first(Ops ops, Tensor states) {
    return ops.reshape(ops.slice(states, 1, 0, 1), states.size(0), states.size(2));
  }

  public static Tensor last(Ops ops, Tensor states) {
    long tokens = states.size(1);
    return ops.reshape(ops.slice(states, 1, tokens - 1, tokens), states.size(0), states.size(2));
  }

  /** The token at {@code index[i]} of row i. */
  public static Tensor at(Ops ops, Tensor states, int[] index) {
    int tokens = Math.toIntExact(states.size(1));
    int[] rows = new int[index.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i * tokens + index[i];
    }
    Tensor flat = ops.reshape(states, -1, states.size(2));
    return ops.gatherRows(flat, ops.upload(rows, rows.length));
  }
}
