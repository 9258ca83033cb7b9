package io.precordia.store;

import io.precordia.study.ImagingOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The orders and DICOM studies of one patient, and which study a report belongs to by them. It
 * decides from what is there alone, so the order of arrival makes no difference.
 */
final class OrderedStudies {
  private static final Pattern UID = Pattern.compile("[0-9]+(\\.[0-9]+)+");
  private final OpaqueIds ids;
  private final List<Order> orders = new ArrayList<>();
  private final List<Film> films;

  /** An order with the lookup keys of its numbers. */
  private record Order(ImagingOrder order, Set<String> numbers, @Nullable String studyUid) {}

  /**
   * A DICOM study with one accession number that its objects have.
   *
   * @param study id under the subject that it came under
   * @param uid lookup key of its Study Instance UID
   * @param accession lookup key, null if it has none
   */
  record Film(String study, String uid, @Nullable String accession) {}

  OrderedStudies(OpaqueIds ids, List<ImagingOrder> orders, List<Film> films) {
    this.ids = ids;
    this.films = films;
    for (ImagingOrder order : orders) {
      this.orders.add(
          new Order(
              order,
              numbers(order),
              order.studyUid().isEmpty() ? null : ids.studyUid(order.studyUid())));
    }
  }

  private Set<String> numbers(ImagingOrder order) {
    Set<String> out = new HashSet<>();
    boolean filled = false;
    for (String number : List.of(order.accession(), order.filler())) {
      if (!number.isEmpty()) {
        out.add(ids.accession(number));
        filled = true;
      }
    }
    if (!order.placer().isEmpty()) {
      out.add(ids.placer(order.placer()));
      if (!filled) {
        out.add(ids.accession(order.placer()));
      }
    }
    return out;
  }

  /** Where a report belongs; the study itself is told by a film of it, or by its UID alone. */
  sealed interface Place {
    /** Where its own identifier says. */
    record Own() implements Place {}

    /** The study of a film that is kept. */
    record OfFilm(Film film) implements Place {}

    /** A study of which no film is kept yet. */
    record Announced(String uid) implements Place {}
  }

  /**
   * The place of a report.
   *
   * @param named study identifier of the report
   * @param numbers lookup keys of its order numbers
   */
  Place place(@Nullable String named, Set<String> numbers) {
    @Nullable String own =
        named != null && UID.matcher(named).matches() ? ids.studyUid(named) : null;
    if (own != null && films.stream().anyMatch(film -> film.uid().equals(own))) {
      return new Place.Own();
    }
    List<Order> answered =
        orders.stream().filter(o -> o.numbers().stream().anyMatch(numbers::contains)).toList();
    Set<String> all = new HashSet<>(numbers);
    Set<String> uids = new HashSet<>();
    Set<String> announced = new LinkedHashSet<>();
    for (Order order : answered) {
      all.addAll(order.numbers());
      if (order.studyUid() != null) {
        uids.add(order.studyUid());
        announced.add(order.order().studyUid());
      }
    }
    List<Film> byUid = films.stream().filter(f -> uids.contains(f.uid())).toList();
    Optional<Film> one = one(byUid);
    if (one.isEmpty() && byUid.isEmpty()) {
      List<Film> byNumber =
          films.stream().filter(f -> f.accession() != null && all.contains(f.accession())).toList();
      one = one(byNumber);
      if (byNumber.isEmpty() && own == null && announced.size() == 1) {
        return new Place.Announced(announced.iterator().next());
      }
    }
    return one.<Place>map(Place.OfFilm::new).orElseGet(Place.Own::new);
  }

  /** Several studies under one number: nobody can tell which one the report means. */
  private static Optional<Film> one(List<Film> matching) {
    return matching.stream().map(Film::uid).distinct().count() == 1
        ? Optional.of(matching.getFirst())
        : Optional.empty();
  }

  /** How many instances the order of a study says; null if it does not say or was cancelled. */
  @Nullable Integer expected(String study) {
    @Nullable Integer out = null;
    for (Film film : films) {
      for (Order order : orders) {
        boolean fulfils =
            film.uid().equals(order.studyUid())
                || (film.accession() != null && order.numbers().contains(film.accession()));
        int count = order.order().expected();
        if (film.study().equals(study) && fulfils && count > 0 && !order.order().cancelled()) {
          out = out == null ? count : Math.max(out, count);
        }
      }
    }
    return out;
  }
}
