package io.precordia.adapter.bank;

import io.precordia.nn.Adapters;
import io.precordia.nn.LinearRewrite;
import io.precordia.nn.Parameters;
import io.precordia.nn.RowRewrite;
import io.precordia.tensor.LowRank;
import io.precordia.tensor.Ops;
import io.precordia.tensor.RowSegments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The adapters of one batch, held in compute memory until closed. Their arrays are on the device
 * from the start, so that a generation may run many passes, each in its own scope. Close it inside
 * the scope that it was made in.
 */
public final class AdapterBatch implements AutoCloseable {
  private final AdapterBank bank;
  private final List<Residence> held;
  private final Map<String, RowSegments> segments = new HashMap<>();
  private final Map<String, RowLayers> layers = new HashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  AdapterBatch(
      AdapterBank bank,
      Ops ops,
      PageMemory memory,
      List<Residence> held,
      List<Optional<AdapterKey>> rows,
      Map<AdapterKey, GivenWeights> given,
      RoutingTally tally) {
    this.bank = bank;
    this.held = held;
    Map<String, List<RowSegments.Slot>> slots = new HashMap<>();
    Map<String, int[]> chosen = new HashMap<>();
    for (Residence r : held) {
      SlotTensors tensors = new SlotTensors(ops, memory, r);
      for (ModuleChange change : r.changes) {
        switch (change) {
          case LinearChange linear -> {
            List<RowSegments.Slot> here =
                slots.computeIfAbsent(linear.path(), k -> new ArrayList<>());
            choose(chosen, linear.path(), rows, r.key, here.size());
            here.add(tensors.next(linear));
          }
          case RoutedChange routed -> {
            List<RowSegments.Slot> here =
                slots.computeIfAbsent(routed.path(), k -> new ArrayList<>());
            choose(chosen, routed.path(), rows, r.key, here.size());
            here.add(tensors.next(routed, members(rows, r.key), given.get(r.key), tally));
          }
          case LayerChange layer -> {
            RowLayers here = layers.computeIfAbsent(layer.path(), k -> new RowLayers());
            choose(chosen, layer.path(), rows, r.key, here.size());
            here.add(tensors.next(layer));
          }
        }
      }
    }
    slots.forEach((path, here) -> segments.put(path, new RowSegments(here, rowsAt(chosen, path))));
    layers.forEach((path, here) -> here.rows(rowsAt(chosen, path)));
  }

  private static void choose(
      Map<String, int[]> chosen,
      String path,
      List<Optional<AdapterKey>> rows,
      AdapterKey key,
      int slot) {
    int[] slotOf = chosen.computeIfAbsent(path, k -> none(rows.size()));
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).filter(key::equals).isPresent()) {
        slotOf[i] = slot;
      }
    }
  }

  private static int[] members(List<Optional<AdapterKey>> rows, AdapterKey key) {
    return IntStream.range(0, rows.size())
        .filter(i -> rows.get(i).filter(key::equals).isPresent())
        .toArray();
  }

  private static int[] rowsAt(Map<String, int[]> chosen, String path) {
    return Objects.requireNonNull(chosen.get(path));
  }

  private static int[] none(int n) {
    int[] out = new int[n];
    Arrays.fill(out, -1);
    return out;
  }

  /** What layers ask; the batch's rows must be axis 0 of their inputs. */
  public Adapters hooks() {
    return new Adapters() {
      @Override
      public @Nullable LowRank forLinear(Parameters parameters, String path, boolean training) {
        return null;
      }

      @Override
      public @Nullable LinearRewrite rewrite(String path) {
        RowSegments here = segments.get(path);
        return here == null
            ? null
            : (f, layer, x, function) ->
                f.ops()
                    .linearSegments(
                        x,
                        f.get(path + ".weight"),
                        layer.bias() ? f.get(path + ".bias") : null,
                        function,
                        here);
      }

      @Override
      public @Nullable RowRewrite rows(String path) {
        return layers.get(path);
      }
    };
  }

  /** Lets the adapters go; again does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      bank.release(held);
    }
  }
}
