package io.precordia.store;

import io.precordia.study.OrderNumbers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keyed hashes of the order numbers that reports name. Thread-safe. */
final class ReportNumbers {
  private final Database database;
  private final OpaqueIds ids;

  ReportNumbers(Database database, OpaqueIds ids) {
    this.database = database;
    this.ids = ids;
  }

  /** Whether a report can be joined to the study of its order. */
  static boolean joinable(NewInstance instance) {
    return !instance.numbers().isEmpty() && instance.dicom() == null;
  }

  void insert(Connection connection, NewInstance instance) throws SQLException {
    if (!joinable(instance)) {
      return;
    }
    try (PreparedStatement row =
        connection.prepareStatement(
            "INSERT INTO report_number (number, instance, subject) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")) {
      for (String number : hashes(instance.numbers())) {
        row.setString(1, number);
        row.setString(2, instance.id());
        row.setString(3, instance.subject());
        row.executeUpdate();
      }
    }
  }

  /**
   * Lookup keys of the numbers of a report. A placer number stands for an accession number only
   * where there is no other: some sites print it on the film.
   */
  private Set<String> hashes(OrderNumbers numbers) {
    Set<String> out = new HashSet<>();
    numbers.accessions().forEach(n -> out.add(ids.accession(n)));
    numbers.placers().forEach(n -> out.add(ids.placer(n)));
    if (numbers.accessions().isEmpty()) {
      numbers.placers().forEach(n -> out.add(ids.accession(n)));
    }
    return out;
  }

  /** Numbers by report, of every report of these subjects. */
  Map<String, Set<String>> of(Collection<String> subjects) {
    List<String> asked = List.copyOf(subjects);
    return database.transaction(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT instance, number FROM report_number WHERE subject IN ("
                      + Database.places(asked.size())
                      + ") ORDER BY instance")) {
            for (int i = 0; i < asked.size(); i++) {
              query.setString(i + 1, asked.get(i));
            }
            Map<String, Set<String>> out = new LinkedHashMap<>();
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                out.computeIfAbsent(row.getString(1), i -> new HashSet<>()).add(row.getString(2));
              }
            }
            return out;
          }
        });
  }
}
