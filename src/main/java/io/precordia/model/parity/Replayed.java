package io.precordia.model.parity;

import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import io.precordia.weights.HostArray;
import org.jspecify.annotations.Nullable;

/**
 * A computed output.
 *
 * @param counted which rows (all axes but the last, flattened) belong to the contract; null for all
 */
public record Replayed(HostArray values, boolean @Nullable [] counted) {
  public static Replayed of(HostArray values) {
    return new Replayed(values, null);
  }

  public static Replayed of(Ops ops, Tensor x) {
    return of(new HostArray(x.shape(), ops.download(x)));
  }

  /** An output of which only rows with mask 1 count. */
  public static Replayed masked(Ops ops, Tensor x, int[] mask) {
    boolean[] counted = new boolean[mask.length];
    for (int i = 0; i < mask.length; i++) {
      counted[i] = mask[i] != 0;
    }
    return new Replayed(new HostArray(x.shape(), ops.download(x)), counted);
  }

  /** Token ids [1, n]. */
  public static Replayed tokens(int[] ids) {
    float[] values = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      values[i] = ids[i];
    }
    return of(new HostArray(new long[] {1, ids.length}, values));
  }
}
