package io.precordia.adapter.bank;

import io.precordia.adapter.LowRankAdapter;
import io.precordia.adapter.LowRankSite;
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
  final List<LowRankSite> sites;
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
    this.sites = List.copyOf(source.sites());
    long sum = 0;
    for (LowRankSite site : sites) {
      sum += memory.pagesFor((long) site.rank() * site.layer().in());
      sum += memory.pagesFor((long) site.rank() * site.layer().out());
    }
    this.pages = Math.toIntExact(sum);
  }

  boolean evictable() {
    return table != null && references == 0 && pins == 0;
  }

  /** Fills the reserved pages unless that has happened. */
  synchronized void fill(int[] reserved, PageMemory memory, HostTier host) {
    if (written) {
      return;
    }
    LowRankAdapter adapter = host.get(this);
    int at = 0;
    for (LowRankSite site : sites) {
      at = write(memory, reserved, at, adapter.values().values(site.down()));
      at = write(memory, reserved, at, adapter.values().values(site.up()));
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

  /** The pages of the factors in order: A and B of the first site, of the second… */
  static int[] part(int[] table, int from, int count) {
    return Arrays.copyOfRange(table, from, from + count);
  }
}
