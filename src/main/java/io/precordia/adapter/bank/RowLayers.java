package io.precordia.adapter.bank;

import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.RowRewrite;
import io.precordia.tensor.RowGroups;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** One layer whose parameters some rows of a batch have of their own. */
final class RowLayers implements RowRewrite {
  private final List<Map<String, Tensor>> slots = new ArrayList<>();
  private RowGroups groups = new RowGroups(new int[0]);

  int size() {
    return slots.size();
  }

  void add(Map<String, Tensor> replaced) {
    slots.add(replaced);
  }

  /** Slot of each batch row, −1 for none; said once, after all slots are there. */
  void rows(int[] slotOf) {
    groups = new RowGroups(slotOf);
  }

  @Override
  public Tensor apply(Forward f, Tensor x, BiFunction<Forward, Tensor, Tensor> layer) {
    try (Scope scope = f.ops().scope()) {
      return scope.keep(
          groups.replaced(
              f.ops(),
              layer.apply(f, x),
              slots.size(),
              (slot, pick) -> layer.apply(over(f, slots.get(slot)), pick.apply(x))));
    }
  }

  private static Forward over(Forward f, Map<String, Tensor> replaced) {
    return Forward.evaluation(
        f.ops(),
        name -> {
          Tensor own = replaced.get(name);
          return own == null ? f.get(name) : own;
        },
        Adapters.NONE);
  }
}
