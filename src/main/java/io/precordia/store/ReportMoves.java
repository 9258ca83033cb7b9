package io.precordia.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts reports into other studies. Thread-safe. */
final class ReportMoves {
  private final Database database;
  private final KeyRing keys;
  private final OpaqueIds ids;
  private final SubjectAliases aliases;
  private final Completions completions;
  private final InstanceCodec codec = new InstanceCodec();

  ReportMoves(
      Database database,
      KeyRing keys,
      OpaqueIds ids,
      SubjectAliases aliases,
      Completions completions) {
    this.database = database;
    this.keys = keys;
    this.ids = ids;
    this.aliases = aliases;
    this.completions = completions;
  }

  /**
   * Moves a report in one transaction with the counts of both studies; the study it leaves goes
   * when it was its last instance.
   *
   * @param joined identifier of the study; null for the one that the report itself says
   */
  void move(InstanceRecord report, @Nullable String joined) {
    Optional<DataKey> key = keys.known(report.origin());
    if (key.isEmpty()) {
      return; // erased meanwhile
    }
    InstanceCodec.Details details = InstanceCodec.Details.of(report).in(joined);
    @Nullable String name = details.study();
    String target =
        name == null ? ids.studyOfInstance(report.id()) : ids.study(report.origin(), name);
    byte[] sealed = codec.sealDetails(key.get(), report.id(), report.origin(), details);
    database.transaction(
        connection -> {
          String from = study(connection, report.id());
          put(connection, report, target, sealed);
          aliases.studyKept(connection, report.origin(), target, name);
          if (!from.equals(target)) {
            completions.moved(connection, report, from, target);
            dropEmpty(connection, from);
          }
          return true;
        });
  }

  private static String study(Connection connection, String instance) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT study FROM instance WHERE id = ?")) {
      query.setString(1, instance);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getString(1) : "";
      }
    }
  }

  private static void put(
      Connection connection, InstanceRecord report, String target, byte[] details)
      throws SQLException {
    try (PreparedStatement study =
            connection.prepareStatement(
                "INSERT INTO study (id, subject) VALUES (?, ?) ON CONFLICT DO NOTHING");
        PreparedStatement row =
            connection.prepareStatement(
                "UPDATE instance SET study = ?, details = ? WHERE id = ?")) {
      study.setString(1, target);
      study.setString(2, report.origin());
      study.executeUpdate();
      row.setString(1, target);
      row.setBytes(2, details);
      row.setString(3, report.id());
      row.executeUpdate();
    }
  }

  private static void dropEmpty(Connection connection, String study) throws SQLException {
    try (PreparedStatement any =
        connection.prepareStatement("SELECT id FROM instance WHERE study = ? LIMIT 1")) {
      any.setString(1, study);
      try (ResultSet row = any.executeQuery()) {
        if (row.next()) {
          return;
        }
      }
    }
    for (String sql :
        List.of(
            "DELETE FROM study_completion WHERE study = ?",
            "DELETE FROM study_alias WHERE study = ?",
            "DELETE FROM study WHERE id = ?")) {
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setString(1, study);
        delete.executeUpdate();
      }
    }
  }
}
