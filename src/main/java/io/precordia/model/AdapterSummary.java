package io.precordia.model;

import java.util.List;

/**
 * What an adapter folder holds.
 *
 * @param method for example {@code lora} or {@code dora}
 * @param rank largest rank among its layers
 * @param targets paths of the adapted layers
 * @param parameters number of scalars
 */
public record AdapterSummary(String method, int rank, List<String> targets, long parameters) {
  public AdapterSummary {
    targets = List.copyOf(targets);
  }
}
