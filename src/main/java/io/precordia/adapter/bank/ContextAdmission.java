package io.precordia.adapter.bank;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * S-LoRA's admission test: the exact peak of context pages if every request runs to its limit, as
 * requests that end give their pages back.
 */
public final class ContextAdmission {
  private ContextAdmission() {}

  /**
   * @param has pages that the request's context takes now
   * @param left pages that it will still grow by, one per step
   */
  public record Demand(long has, long left) {}

  /** max over k of left_k·k + Σ_{i≤k} has_i, requests sorted by left, most first. */
  public static long peak(Collection<Demand> demands) {
    List<Demand> sorted =
        demands.stream().sorted(Comparator.comparingLong(Demand::left).reversed()).toList();
    long has = 0;
    long peak = 0;
    for (int k = 0; k < sorted.size(); k++) {
      has += sorted.get(k).has();
      peak = Math.max(peak, sorted.get(k).left() * (k + 1) + has);
    }
    return peak;
  }

  /** Whether the requests fit beside the adapters that they use. */
  public static boolean admits(Collection<Demand> demands, long adapterPages, long totalPages) {
    return peak(demands) <= totalPages - adapterPages;
  }
}
