package io.precordia.index;

import io.precordia.study.Modality;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that all must hold; an empty set or null does not restrict. An entry that lacks a
 * restricted value does not pass.
 */
public record Filter(
    Set<Modality> modalities,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    Set<String> sexes,
    @Nullable Integer ageMin,
    @Nullable Integer ageMax,
    Set<String> sites,
    Set<String> tags,
    Set<String> subjects) {
  public static final Filter NONE =
      new Filter(Set.of(), null, null, Set.of(), null, null, Set.of(), Set.of(), Set.of());

  public Filter {
    modalities = Set.copyOf(modalities);
    sexes = Set.copyOf(sexes);
    sites = Set.copyOf(sites);
    tags = Set.copyOf(tags);
    subjects = Set.copyOf(subjects);
  }

  /** The same conditions with other subjects. */
  public Filter ofSubjects(Set<String> others) {
    return new Filter(modalities, from, to, sexes, ageMin, ageMax, sites, tags, others);
  }

  /** Whether an entry meets every condition. */
  public boolean passes(Entry entry) {
    return new FilterTest(this).passes(entry);
  }
}
