package io.precordia.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which subject another was merged into, and the study ids that follow from it. The table is small,
 * since few subjects are ever merged, and it is read whole; the data directory's lock makes this
 * process the only one that changes it. Thread-safe.
 */
final class SubjectAliases {
  private final Database database;
  private final OpaqueIds ids;
  private volatile Map<String, String> intoSubject;
  private volatile Map<String, MergedGroup> groups = Map.of();

  SubjectAliases(Database database, OpaqueIds ids) {
    this.database = database;
    this.ids = ids;
    this.intoSubject = Map.of();
    reload();
  }

  /** Looks again, after a change was committed. */
  void reload() {
    Map<String, Instant> since = new HashMap<>();
    intoSubject = read(since);
    Map<String, MergedGroup> made = new HashMap<>();
    for (String merged : since.keySet()) {
      String survivor = surviving(merged);
      if (!made.containsKey(survivor)) {
        Set<String> members = members(survivor);
        Instant last = Instant.EPOCH;
        for (String member : members) {
          Instant at = since.getOrDefault(member, last);
          last = at.isAfter(last) ? at : last;
        }
        made.put(survivor, new MergedGroup(members, last));
      }
    }
    groups = Map.copyOf(made);
  }

  /** Every surviving subject with those merged into it. */
  Map<String, MergedGroup> groups() {
    return groups;
  }

  private Map<String, String> read(Map<String, Instant> since) {
    return database.transaction(
        connection -> {
          Map<String, String> out = new HashMap<>();
          try (PreparedStatement query =
                  connection.prepareStatement(
                      "SELECT merged, surviving, since FROM subject_alias");
              ResultSet row = query.executeQuery()) {
            while (row.next()) {
              out.put(row.getString(1), row.getString(2));
              since.put(row.getString(1), row.getObject(3, OffsetDateTime.class).toInstant());
            }
          }
          return out;
        });
  }

  /** What a subject was merged into directly; null if it was not. */
  @Nullable String into(String subject) {
    return intoSubject.get(subject);
  }

  /** The subject at the end of the chain of merges; itself if it was not merged. */
  String surviving(String subject) {
    Map<String, String> into = intoSubject;
    String now = subject;
    // merging never closes a ring; the bound is for a table that somebody else wrote
    for (int i = 0; i <= into.size(); i++) {
      String next = into.get(now);
      if (next == null) {
        return now;
      }
      now = next;
    }
    return now;
  }

  /** A subject with every one that was merged into it, directly or by way of others. */
  Set<String> members(String subject) {
    Map<String, String> into = intoSubject;
    Set<String> members = new LinkedHashSet<>(List.of(subject));
    boolean grown = !into.isEmpty();
    while (grown) {
      grown = false;
      for (String merged : new TreeSet<>(into.keySet())) {
        if (members.contains(into.get(merged))) {
          grown |= members.add(merged);
        }
      }
    }
    return members;
  }

  /**
   * The id that a study is reported under.
   *
   * @param kept its id under the subject it came under
   * @param named its identifier, null if it has none
   */
  String study(String origin, String kept, @Nullable String named) {
    String surviving = surviving(origin);
    return named == null || surviving.equals(origin) ? kept : ids.study(surviving, named);
  }

  /** The id that a study is reported under, by any id that it had. */
  String survivingStudy(String study) {
    if (intoSubject.isEmpty()) {
      return study;
    }
    return database.transaction(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement("SELECT surviving FROM study_alias WHERE study = ?")) {
            query.setString(1, study);
            try (ResultSet row = query.executeQuery()) {
              return row.next() ? row.getString(1) : study;
            }
          }
        });
  }

  /** Notes the id that a newly kept study of a merged subject is reported under. */
  void studyKept(Connection connection, String origin, String kept, @Nullable String named)
      throws SQLException {
    String reported = study(origin, kept, named);
    if (!reported.equals(kept)) {
      putStudy(connection, kept, reported);
    }
  }

  static void putStudy(Connection connection, String kept, String reported) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO study_alias (study, surviving) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
      insert.setString(1, kept);
      insert.setString(2, reported);
      insert.executeUpdate();
    }
  }

  /** Forgets what is known of the merging of a subject that is erased. */
  void delete(Connection connection, String subject) throws SQLException {
    forgetStudies(connection, subject);
    for (String sql :
        List.of(
            "DELETE FROM subject_alias WHERE merged = ? OR surviving = ?",
            "DELETE FROM subject_event WHERE merged = ? OR surviving = ?")) {
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setString(1, subject);
        delete.setString(2, subject);
        delete.executeUpdate();
      }
    }
  }

  static void forgetStudies(Connection connection, String subject) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM study_alias WHERE study IN (SELECT id FROM study WHERE subject = ?)")) {
      delete.setString(1, subject);
      delete.executeUpdate();
    }
  }
}
