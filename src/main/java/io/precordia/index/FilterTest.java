package io.precordia.index;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Evaluates a {@link Filter} on an entry. */
final class FilterTest {
  private final Filter filter;

  FilterTest(Filter filter) {
    this.filter = filter;
  }

  boolean passes(Entry e) {
    return (filter.modalities().isEmpty() || filter.modalities().contains(e.modality()))
        && among(filter.sexes(), e.sex())
        && among(filter.sites(), e.site())
        && among(filter.subjects(), e.subject())
        && e.tags().containsAll(filter.tags())
        && dateWithin(e.date())
        && ageWithin(e.ageYears());
  }

  private static boolean among(Set<String> allowed, @Nullable String value) {
    return allowed.isEmpty() || (value != null && allowed.contains(value));
  }

  private boolean dateWithin(@Nullable LocalDate date) {
    if (filter.from() == null && filter.to() == null) {
      return true;
    }
    return date != null
        && (filter.from() == null || !date.isBefore(filter.from()))
        && (filter.to() == null || !date.isAfter(filter.to()));
  }

  private boolean ageWithin(@Nullable Integer age) {
    if (filter.ageMin() == null && filter.ageMax() == null) {
      return true;
    }
    return age != null
        && (filter.ageMin() == null || age >= filter.ageMin())
        && (filter.ageMax() == null || age <= filter.ageMax());
  }
}
