package io.precordia.serve;

import io.precordia.study.Modality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Cuts the items of one call into tickets: sorted by length, each of one length class. */
final class TokenChunks {
  private final GateLimits limits;

  TokenChunks(GateLimits limits) {
    this.limits = limits;
  }

  /**
   * Positions of the items, ticket by ticket, shortest first; equal lengths keep their order.
   *
   * @param tokens length of each item
   * @return every position once; a ticket of several items is within both limits
   */
  List<List<Integer>> of(Modality modality, int[] tokens) {
    List<List<Integer>> chunks = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    for (int at :
        IntStream.range(0, tokens.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> tokens[i]))
            .toList()) {
      if (!open.isEmpty()
          && (!limits.admits(open.size() + 1, tokens[at])
              || !LengthClass.of(modality, tokens[at])
                  .equals(LengthClass.of(modality, tokens[open.getFirst()])))) {
        chunks.add(open);
        open = new ArrayList<>();
      }
      open.add(at);
    }
    if (!open.isEmpty()) {
      chunks.add(open);
    }
    return chunks;
  }
}
