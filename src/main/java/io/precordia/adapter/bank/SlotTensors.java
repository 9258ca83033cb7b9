package io.precordia.adapter.bank;

import io.precordia.adapter.LowRankSite;
import io.precordia.adapter.TopKSoftmax;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
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
        part(arrays, change, LinearChange.Part.WEIGHT),
        null);
  }

  /**
   * Takes the next change as a slot of its layer.
   *
   * @param rows batch rows that use it
   * @param given weights from outside, null where the layer has a gate
   */
  RowSegments.Slot next(
      RoutedChange change, int[] rows, @Nullable GivenWeights given, RoutingTally tally) {
    Map<String, Tensor> arrays = next((ModuleChange) change);
    LowRankSite factors = change.factors();
    Tensor down = Objects.requireNonNull(arrays.get(factors.down()));
    Tensor up = Objects.requireNonNull(arrays.get(factors.up()));
    float[] share = change.share();
    return new RowSegments.Slot(
        down,
        up,
        1,
        null,
        null,
        null,
        null,
        (o, x) -> {
          Tensor weights = weights(o, change, arrays, x, given);
          tally.add(o, rows, weights);
          return o.matmul(weights, o.upload(share, change.ranks().size(), factors.rank()), false);
        });
  }

  private static Tensor weights(
      Ops ops,
      RoutedChange change,
      Map<String, Tensor> arrays,
      Tensor x,
      @Nullable GivenWeights given) {
    RoutedChange.Gate gate = change.gate();
    if (gate != null) {
      Tensor values = Objects.requireNonNull(arrays.get(RoutedChange.gateName(change.layer())));
      return TopKSoftmax.weights(ops, ops.matmul(x, values, true), gate.top(), gate.temperature());
    }
    Tensor weights = Objects.requireNonNull(given, "weights of a router").at(ops, change.path());
    if (x.rank() != 3 || x.size(1) != weights.size(1)) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          "the router weighs token by token, but its members change "
              + change.path()
              + ", which sees other positions; leave that layer out");
    }
    return weights;
  }

  private static @Nullable Tensor part(
      Map<String, Tensor> arrays, LinearChange change, LinearChange.Part part) {
    return arrays.get(change.name(part));
  }
}
