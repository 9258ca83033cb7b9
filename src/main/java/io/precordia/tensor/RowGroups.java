package io.precordia.tensor;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Which slot each batch row belongs to. Rows of one slot are computed together; results move by
 * whole-row copies only, so that rows of different slots never meet in a sum.
 *
 * @param rows slot of each batch row, −1 for none
 */
public record RowGroups(int[] rows) {
  public RowGroups {
    rows = rows.clone();
  }

  /** Computes the rows of one slot. */
  @FunctionalInterface
  public interface SlotRows {
    /**
     * @param pick takes this slot's rows out of a tensor of the whole batch
     * @return what those rows become
     */
    Tensor of(int slot, UnaryOperator<Tensor> pick);
  }

  /**
   * The base with the rows of every slot replaced; rows without a slot are copied bit for bit.
   *
   * @param base [n, …] with n the number of rows, or a multiple where k neighbours make a row
   * @param slots number of slots
   */
  public Tensor replaced(Ops ops, Tensor base, int slots, SlotRows compute) {
    int[] all = expanded(base.size(0));
    List<Tensor> parts = new ArrayList<>(List.of(base));
    int[] source = IntStream.range(0, all.length).toArray();
    int next = all.length;
    for (int s = 0; s < slots; s++) {
      int slot = s;
      int[] members = IntStream.range(0, all.length).filter(i -> all[i] == slot).toArray();
      if (members.length == all.length) {
        return compute.of(s, x -> x);
      }
      if (members.length > 0) {
        Tensor index = ops.upload(members, members.length);
        parts.add(compute.of(s, x -> ops.gatherRows(x, index)));
        for (int row : members) {
          source[row] = next++;
        }
      }
    }
    return parts.size() == 1
        ? base
        : ops.gatherRows(ops.concat(0, parts), ops.upload(source, source.length));
  }

  private int[] expanded(long size) {
    if (size % rows.length != 0) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "row segments for " + rows.length + " rows do not fit a batch of " + size);
    }
    int each = Math.toIntExact(size / rows.length);
    return IntStream.range(0, rows.length * each).map(i -> rows[i / each]).toArray();
  }
}
