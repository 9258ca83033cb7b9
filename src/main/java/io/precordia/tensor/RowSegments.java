package io.precordia.tensor;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.ArrayList;
import java.util.List;

/**
 * Adapters of a linear layer, row by row, of differing rank: batch row i gains {@code scaling · x ·
 * downᵀ · upᵀ} of {@code slots[rows[i]]}. The rows of one slot are computed together, as the
 * segmented kernels of Punica (Chen et al. 2023) and S-LoRA (Sheng et al. 2023) do.
 *
 * @param rows slot of each batch row, −1 for none
 */
public record RowSegments(List<Slot> slots, int[] rows) {
  /**
   * One adapter at this layer.
   *
   * @param down A: [r, in]
   * @param up B: [out, r]
   * @param scaling resolved scale, α/r for LoRA
   */
  public record Slot(Tensor down, Tensor up, double scaling) {
    public Slot {
      if (down.rank() != 2 || up.rank() != 2 || down.size(0) != up.size(1)) {
        throw new IllegalArgumentException("row segments: a slot's factors do not fit together");
      }
    }
  }

  public RowSegments {
    slots = List.copyOf(slots);
    rows = rows.clone();
    for (int row : rows) {
      if (row < -1 || row >= slots.size()) {
        throw new IllegalArgumentException("row segments: there is no slot " + row);
      }
    }
  }

  /**
   * The base output with every row's adapter added. Results move by whole-row copies only: rows
   * never meet in a sum, so that an infinite weight of one adapter cannot reach another's row.
   */
  Tensor added(Ops ops, Tensor x, Tensor base) {
    if (x.size(0) != rows.length) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "row segments for " + rows.length + " rows do not fit a batch of " + x.size(0));
    }
    List<Tensor> parts = new ArrayList<>(List.of(base));
    int[] source = new int[rows.length];
    for (int i = 0; i < source.length; i++) {
      source[i] = i;
    }
    int next = rows.length;
    for (int s = 0; s < slots.size(); s++) {
      int[] members = members(s);
      if (members.length == rows.length) {
        return ops.add(base, delta(ops, x, slots.get(s)));
      }
      if (members.length > 0) {
        Tensor index = ops.upload(members, members.length);
        Tensor delta = delta(ops, ops.gatherRows(x, index), slots.get(s));
        parts.add(ops.add(ops.gatherRows(base, index), delta));
        for (int row : members) {
          source[row] = next++;
        }
      }
    }
    return parts.size() == 1
        ? base
        : ops.gatherRows(ops.concat(0, parts), ops.upload(source, source.length));
  }

  private int[] members(int slot) {
    return java.util.stream.IntStream.range(0, rows.length).filter(i -> rows[i] == slot).toArray();
  }

  private static Tensor delta(Ops ops, Tensor x, Slot slot) {
    Tensor low = ops.matmul(x, slot.down(), true);
    return ops.affine(ops.matmul(low, slot.up(), true), slot.scaling(), 0);
  }
}
