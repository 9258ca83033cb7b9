package io.precordia.tensor;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Adapters of a linear layer, row by row, of differing rank and kind. The rows of one slot are
 * computed together, as the segmented kernels of Punica (Chen et al. 2023) and S-LoRA (Sheng et al.
 * 2023) do.
 *
 * @param rows slot of each batch row, −1 for none
 */
public record RowSegments(List<Slot> slots, int[] rows) {
  /**
   * One adapter at this layer: y = output ⊙ (x'·Wᵀ + bias + scaling·x'·downᵀ·upᵀ) + shift with x' =
   * input ⊙ x. What is null is left out. Where {@code weight} stands for W, the bias is left out
   * too: {@code shift} has it.
   *
   * @param down A: [r, in], null with {@code up} for a change without factors
   * @param up B: [out, r]
   * @param scaling resolved scale, α/r for LoRA
   * @param input factor of each input [in]
   * @param output factor of each output [out]
   * @param shift added to each output [out], last
   * @param weight in the place of the layer's own [out, in]
   * @param units factors of the units of {@code down}, position by position
   */
  public record Slot(
      @Nullable Tensor down,
      @Nullable Tensor up,
      double scaling,
      @Nullable Tensor input,
      @Nullable Tensor output,
      @Nullable Tensor shift,
      @Nullable Tensor weight,
      @Nullable UnitWeights units) {
    public Slot {
      if ((down == null) != (up == null)
          || (down != null
              && up != null
              && (down.rank() != 2 || up.rank() != 2 || down.size(0) != up.size(1)))) {
        throw new IllegalArgumentException("row segments: a slot's factors do not fit together");
      }
    }

    /** A slot of factors alone, as LoRA's. */
    public Slot(Tensor down, Tensor up, double scaling) {
      this(down, up, scaling, null, null, null, null, null);
    }

    private Tensor of(
        Ops ops,
        UnaryOperator<Tensor> pick,
        Tensor x,
        Tensor base,
        Tensor baseWeight,
        @Nullable Tensor bias) {
      Tensor picked = pick.apply(x);
      Tensor in = input == null ? picked : ops.multiply(picked, input);
      Tensor y;
      if (weight != null) {
        y = ops.linear(in, weight, null, Activation.IDENTITY, null);
      } else if (input != null) {
        y = ops.linear(in, baseWeight, bias, Activation.IDENTITY, null);
      } else {
        y = pick.apply(base);
      }
      if (down != null && up != null) {
        Tensor all = ops.matmul(in, down, true);
        Tensor low = units == null ? all : ops.multiply(all, units.of(ops, in));
        y = ops.add(y, ops.affine(ops.matmul(low, up, true), scaling, 0));
      }
      y = output == null ? y : ops.multiply(y, output);
      return shift == null ? y : ops.add(y, shift);
    }
  }

  /** How much of each unit of a slot's factors a position uses. */
  @FunctionalInterface
  public interface UnitWeights {
    /**
     * @param x the input of this slot's rows, in their order [n, …, in]
     * @return [n, …, r]
     */
    Tensor of(Ops ops, Tensor x);
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
   * The base output with every row's adapter applied. An infinite weight of one adapter cannot
   * reach another's row.
   *
   * @param base x·weightᵀ + bias of the whole batch
   */
  Tensor applied(Ops ops, Tensor x, Tensor weight, @Nullable Tensor bias, Tensor base) {
    if (x.size(0) != rows.length) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "row segments for " + rows.length + " rows do not fit a batch of " + x.size(0));
    }
    return new RowGroups(rows)
        .replaced(
            ops,
            base,
            slots.size(),
            (slot, pick) -> slots.get(slot).of(ops, pick, x, base, weight, bias));
  }
}
