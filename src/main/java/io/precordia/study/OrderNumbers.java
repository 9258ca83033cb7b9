package io.precordia.study;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Numbers by which a report names the order that it answers. Patient data: it is never logged.
 *
 * @param accessions accession numbers and filler order numbers: the filler assigns both, and most
 *     use one number for the two (IHE RAD TF-2 4.4)
 * @param placers placer order numbers, which lead to a study only by way of the order
 */
public record OrderNumbers(Set<String> accessions, Set<String> placers) {
  /** A report that names no order. */
  public static final OrderNumbers NONE = new OrderNumbers(Set.of(), Set.of());

  private static final int MOST = 32;

  public OrderNumbers {
    accessions = clean(accessions);
    placers = clean(placers);
  }

  /** Whether no order is named. */
  public boolean isEmpty() {
    return accessions.isEmpty() && placers.isEmpty();
  }

  /** With one more accession number. */
  public OrderNumbers withAccession(String number) {
    Set<String> more = new LinkedHashSet<>(accessions);
    more.add(number);
    return new OrderNumbers(more, placers);
  }

  private static Set<String> clean(Collection<String> numbers) {
    Set<String> out = new LinkedHashSet<>();
    numbers.stream().map(String::strip).filter(n -> !n.isEmpty()).limit(MOST).forEach(out::add);
    return Set.copyOf(out);
  }
}
