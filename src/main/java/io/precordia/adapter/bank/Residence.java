package io.precordia.adapter.bank;

import io.precordia.nn.ParameterSpec;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a registered adapter. Fields other than {@code written} belong to the bank's lock;
 * {@code written} and the pages' content belong to this object's monitor.
 */
final class Residence {
  final AdapterKey key;
  final AdapterSource source;
  final List<ModuleChange> changes;
  final int pages;

  int @Nullable [] table;
  int references;
  int pins;
  boolean retired;
  long lastUse;
  private boolean written;

  Residence(AdapterKey key, AdapterSource source, PageMemory memory) {
    this.key = key;
    this.source = source;
    this.changes = List.copyOf(source.changes());
    long sum = 0;
    for (ParameterSpec spec : arrays()) {
      sum += memory.pagesFor(spec.count());
    }
    this.pages = Math.toIntExact(sum);
  }

  /** All arrays in the order of the pages. */
  private List<ParameterSpec> arrays() {
    return changes.stream().flatMap(c -> c.arrays().stream()).toList();
  }

  /** Octets of its values. */
  long bytes() {
    return changes.stream().mapToLong(ModuleChange::count).sum() * Float.BYTES;
  }

  boolean evictable() {
    return table != null && references == 0 && pins == 0;
  }

  /** Fills the reserved pages unless that has happened. */
  synchronized void fill(int[] reserved, PageMemory memory, HostTier host) {
    if (written) {
      return;
    }
    AdapterChanges adapter = host.get(this);
    int at = 0;
    for (ParameterSpec spec : arrays()) {
      at = write(memory, reserved, at, adapter.values().values(spec.name()));
    }
    written = true;
  }

  private static int write(PageMemory memory, int[] table, int at, float[] values) {
    int next = at;
    for (int from = 0; from < values.length; from += memory.width()) {
      memory.write(table[next++], values, from, Math.min(memory.width(), values.length - from));
    }
    return next;
  }

  synchronized boolean filled() {
    return written;
  }

  /** Forgets that pages were filled, when they are given back. */
  synchronized void emptied() {
    written = false;
  }

  /** Some of an adapter's pages; its arrays lie in the order of its changes. */
  static int[] part(int[] table, int from, int count) {
    return Arrays.copyOfRange(table, from, from + count);
  }
}
