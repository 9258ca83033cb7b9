package io.precordia.adapter.bank;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

/**
 * Bookkeeping of equal pages that adapters and contexts share (S-LoRA's unified paging): what one
 * gives back the other can take, and nothing fragments. Thread-safe.
 */
public final class PagePool {
  /** What a page is used for. */
  public enum Use {
    ADAPTER,
    KEY_VALUE
  }

  private final int total;
  private final BitSet free;
  private final Map<Use, BitSet> used = new EnumMap<>(Use.class);

  public PagePool(int total) {
    if (total < 1) {
      throw new IllegalArgumentException("page pool: at least one page");
    }
    this.total = total;
    this.free = new BitSet(total);
    free.set(0, total);
    for (Use use : Use.values()) {
      used.put(use, new BitSet(total));
    }
  }

  /**
   * Takes n pages, lowest numbers first; they need not be neighbours.
   *
   * @throws PrecordiaException INSUFFICIENT_MEMORY if fewer are free; none is taken then
   */
  public synchronized int[] allocate(Use use, int n) {
    if (n < 0) {
      throw new IllegalArgumentException("page pool: a negative number of pages");
    }
    if (n > free.cardinality()) {
      throw new PrecordiaException(
          ErrorCode.INSUFFICIENT_MEMORY,
          n + " pages are needed but " + free.cardinality() + " of " + total + " are free");
    }
    int[] out = new int[n];
    int page = -1;
    for (int i = 0; i < n; i++) {
      page = free.nextSetBit(page + 1);
      out[i] = page;
    }
    for (int taken : out) {
      free.clear(taken);
      owned(use).set(taken);
    }
    return out;
  }

  /**
   * Gives pages back.
   *
   * @throws IllegalStateException if one is not in that use; nothing is given back then
   */
  public synchronized void release(Use use, int[] pages) {
    BitSet back = new BitSet(total);
    for (int page : pages) {
      if (page < 0 || !owned(use).get(page) || back.get(page)) {
        throw new IllegalStateException("page " + page + " is not in use as " + use);
      }
      back.set(page);
    }
    owned(use).andNot(back);
    free.or(back);
  }

  private BitSet owned(Use use) {
    return java.util.Objects.requireNonNull(used.get(use));
  }

  public int total() {
    return total;
  }

  public synchronized int free() {
    return free.cardinality();
  }

  public synchronized int used(Use use) {
    return owned(use).cardinality();
  }

  @Override
  public synchronized String toString() {
    return "PagePool" + Arrays.asList(free.cardinality(), used);
  }
}
