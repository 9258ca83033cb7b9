package io.precordia.store;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Subjects that are one patient.
 *
 * @param members the surviving subject first
 * @param since when the last of them was merged
 */
public record MergedGroup(Set<String> members, Instant since) {
  public MergedGroup {
    members = Collections.unmodifiableSet(new LinkedHashSet<>(members));
  }
}
