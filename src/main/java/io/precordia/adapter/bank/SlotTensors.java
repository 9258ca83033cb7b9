package io.precordia.adapter.bank;

import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.Ops;
import io.precordia.tensor.RowSegments;
import io.precordia.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tensors of one resident adapter, change by change in the order of its pages. */
final class SlotTensors {
  private final Ops ops;
  private final PageMemory memory;
  private final int[] table;
  private int at;

  SlotTensors(Ops ops, PageMemory memory, Residence residence) {
    this.ops = ops;
    this.memory = memory;
    this.table = Objects.requireNonNull(residence.table);
  }

  /** Takes the next change's arrays by name. */
  Map<String, Tensor> next(ModuleChange change) {
    Map<String, Tensor> out = new HashMap<>();
    for (ParameterSpec spec : change.arrays()) {
      int pages = memory.pagesFor(spec.count());
      int[] own = Residence.part(table, at, pages);
      at += pages;
      long[] shape = spec.shape();
      int rows = shape.length == 2 ? Math.toIntExact(shape[0]) : 1;
      Tensor flat = memory.factor(ops, own, rows, spec.count() / rows);
      out.put(spec.name(), shape.length == 2 ? flat : ops.reshape(flat, shape));
    }
    return out;
  }

  /** Takes the next change as a slot of its layer. */
  RowSegments.Slot next(LinearChange change) {
    Map<String, Tensor> arrays = next((ModuleChange) change);
    boolean factors = change.rank() > 0;
    return new RowSegments.Slot(
        factors ? arrays.get(change.factors().down()) : null,
        factors ? arrays.get(change.factors().up()) : null,
        change.scaling(),
        part(arrays, change, LinearChange.Part.INPUT),
        part(arrays, change, LinearChange.Part.OUTPUT),
        part(arrays, change, LinearChange.Part.SHIFT),
        part(arrays, change, LinearChange.Part.WEIGHT));
  }

  private static @Nullable Tensor part(
      Map<String, Tensor> arrays, LinearChange change, LinearChange.Part part) {
    return arrays.get(change.name(part));
  }
}
