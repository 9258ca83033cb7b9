package io.precordia.adapter.bank;

import io.precordia.adapter.LowRankSite;
import io.precordia.nn.Adapters;
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

/**
 * The adapters of one batch, held in compute memory until closed. The factors are on the device
 * from the start, so that a generation may run many passes, each in its own scope. Close it inside
 * the scope that it was made in.
 */
public final class AdapterBatch implements AutoCloseable {
  private final AdapterBank bank;
  private final List<Residence> held;
  private final Map<String, RowSegments> segments = new HashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  AdapterBatch(
      AdapterBank bank,
      Ops ops,
      PageMemory memory,
      List<Residence> held,
      List<Optional<AdapterKey>> rows) {
    this.bank = bank;
    this.held = held;
    Map<String, List<RowSegments.Slot>> slots = new HashMap<>();
    Map<String, int[]> chosen = new HashMap<>();
    for (Residence r : held) {
      int[] table = Objects.requireNonNull(r.table);
      int at = 0;
      for (LowRankSite site : r.sites) {
        int down = memory.pagesFor((long) site.rank() * site.layer().in());
        int up = memory.pagesFor((long) site.rank() * site.layer().out());
        List<RowSegments.Slot> here = slots.computeIfAbsent(site.path(), k -> new ArrayList<>());
        int[] slotOf = chosen.computeIfAbsent(site.path(), k -> none(rows.size()));
        for (int i = 0; i < rows.size(); i++) {
          if (rows.get(i).filter(r.key::equals).isPresent()) {
            slotOf[i] = here.size();
          }
        }
        here.add(
            new RowSegments.Slot(
                memory.factor(ops, Residence.part(table, at, down), site.rank(), site.layer().in()),
                memory.factor(
                    ops, Residence.part(table, at + down, up), site.layer().out(), site.rank()),
                site.scaling()));
        at += down + up;
      }
    }
    slots.forEach(
        (path, here) ->
            segments.put(path, new RowSegments(here, Objects.requireNonNull(chosen.get(path)))));
  }

  private static int[] none(int n) {
    int[] out = new int[n];
    Arrays.fill(out, -1);
    return out;
  }

  /** What linear layers ask; the batch's rows must be axis 0 of their inputs. */
  public Adapters hooks() {
    return Adapters.rewriting(
        path -> {
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
        });
  }

  /** Lets the adapters go; again does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      bank.release(held);
    }
  }
}
