package io.precordia.store;

import io.precordia.store.OrderedStudies.Film;
import io.precordia.store.OrderedStudies.Place;
import io.precordia.study.ImagingOrder;
import io.precordia.study.ObjectHeader;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings reports into the study of the film that their order leads to: by the accession number that
 * both have, or by an order that has the number of the report and the accession number or Study
 * Instance UID of the film. Studies of DICOM objects are never joined with each other, and a report
 * stays where it is as long as several studies fit. What an order says of the number of instances
 * goes to the completion of its study. To be called within {@link Store#exclusively}.
 */
public final class StudyJoins {
  private final Database database;
  private final OpaqueIds ids;
  private final RecordStore records;
  private final ImagingOrders orders;
  private final SubjectAliases aliases;
  private final ReportMoves moves;

  StudyJoins(
      Database database,
      OpaqueIds ids,
      RecordStore records,
      ImagingOrders orders,
      SubjectAliases aliases,
      ReportMoves moves) {
    this.moves = moves;
    this.database = database;
    this.ids = ids;
    this.records = records;
    this.orders = orders;
    this.aliases = aliases;
  }

  /**
   * After instances were kept.
   *
   * @return the subjects of which reports went into other studies
   */
  public Set<String> arrived(List<NewInstance> inserted) {
    Set<String> concerned = new LinkedHashSet<>();
    for (NewInstance instance : inserted) {
      if (ReportNumbers.joinable(instance) || (instance.dicom() != null && first(instance))) {
        concerned.add(aliases.surviving(instance.subject()));
      }
    }
    Set<String> moved = new LinkedHashSet<>();
    for (String subject : concerned) {
      if (align(subject)) {
        moved.add(subject);
      }
    }
    return moved;
  }

  /**
   * Whether an object may be the first of its study and accession number; later ones add nothing.
   */
  private boolean first(NewInstance object) {
    ObjectHeader header = Objects.requireNonNull(object.dicom());
    @Nullable String number = header.accession();
    String accession = number == null ? "" : ids.accession(number);
    return database.transaction(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT 1 FROM dicom_object WHERE study_uid = ? AND subject = ? AND COALESCE(accession, '') = ?"
                      + " AND instance <> ? LIMIT 1")) {
            query.setString(1, ids.studyUid(header.study()));
            query.setString(2, object.subject());
            query.setString(3, accession);
            query.setString(4, object.id());
            try (ResultSet row = query.executeQuery()) {
              return !row.next();
            }
          }
        });
  }

  /**
   * Looks again where the reports of a subject belong, with those merged into it.
   *
   * @return whether any went into another study
   */
  public boolean align(String subject) {
    Set<String> members = aliases.members(aliases.surviving(subject));
    Map<String, Set<String>> reports = records.reportNumbers().of(members);
    List<ImagingOrder> ordered = orders.of(subject);
    if (reports.isEmpty() && ordered.isEmpty()) {
      return false;
    }
    List<Film> films = films(List.copyOf(members));
    OrderedStudies studies = new OrderedStudies(ids, ordered, films);
    if (!ordered.isEmpty()) {
      films.stream()
          .map(Film::study)
          .distinct()
          .forEach(study -> records.completions().ordered(study, studies.expected(study)));
    }
    boolean moved = false;
    for (Map.Entry<String, Set<String>> report : reports.entrySet()) {
      InstanceRecord record = records.instance(report.getKey()).orElse(null);
      if (record != null) {
        moved |= align(record, studies.place(record.identity().study(), report.getValue()));
      }
    }
    if (moved) {
      database.sync();
    }
    return moved;
  }

  private boolean align(InstanceRecord report, Place place) {
    @Nullable String joined =
        switch (place) {
          case Place.Own own -> null;
          case Place.Announced announced -> announced.uid();
          case Place.OfFilm of -> name(of.film());
        };
    @Nullable String target = Objects.equals(joined, report.identity().study()) ? null : joined;
    if (Objects.equals(target, report.joined())) {
      return false;
    }
    moves.move(report, target);
    return true;
  }

  /** The identifier that the study of a film is named by. */
  private @Nullable String name(Film film) {
    return records.anyOf(film.study()).map(InstanceRecord::studyName).orElse(null);
  }

  private List<Film> films(List<String> subjects) {
    String unnamed = ids.studyUid("");
    return database.transaction(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT DISTINCT i.study, d.study_uid, d.accession FROM dicom_object d JOIN instance i ON i.id = d.instance"
                      + " WHERE d.subject IN ("
                      + Database.places(subjects.size())
                      + ") ORDER BY 1, 2, 3")) {
            for (int i = 0; i < subjects.size(); i++) {
              query.setString(i + 1, subjects.get(i));
            }
            List<Film> out = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                if (!row.getString(2).equals(unnamed)) {
                  out.add(new Film(row.getString(1), row.getString(2), row.getString(3)));
                }
              }
            }
            return out;
          }
        });
  }
}
