package io.precordia.tensor;

import org.jspecify.annotations.Nullable;

/**
 * Adapter slots of a linear layer: row i of the batch gains {@code scaling · x · down[s]ᵀ · up[s]ᵀ}
 * with s = rows[i] (LoRA, Hu et al. 2021).
 *
 * @param down A: [r, in] for one slot, [slots, r, in] for several
 * @param up B: [out, r] for one slot, [slots, out, r] for several
 * @param scaling α/r
 * @param dropout probability with which elements of the adapter's input are zeroed (and the rest
 *     divided by 1 − p); 0 outside training
 * @param rows INT [n], slot of each batch row (axis 0 of the input), −1 for no adapter; null with a
 *     single slot that applies to all rows
 */
public record LowRank(
    Tensor down, Tensor up, double scaling, double dropout, @Nullable Tensor rows) {
  public LowRank {
    if (rows == null ? down.rank() != 2 || up.rank() != 2 : down.rank() != 3 || up.rank() != 3) {
      throw new IllegalArgumentException(
          "low rank: one slot takes matrices without rows, several take stacks with rows");
    }
  }
}
