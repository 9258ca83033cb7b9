package io.precordia.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keyed hashes of the identifiers of what is no DICOM object, so that it is found without looking
 * at everything: of reports, and the names of studies. Thread-safe.
 */
public final class Identifiers {
  private static final String REPORT = "report";
  private static final String STUDY = "study";
  private final Database database;
  private final OpaqueIds ids;

  Identifiers(Database database, OpaqueIds ids) {
    this.database = database;
    this.ids = ids;
  }

  void insert(Connection connection, NewInstance instance) throws SQLException {
    Set<String> hashes = new HashSet<>();
    for (String identifier : instance.identifiers()) {
      hashes.add(ids.identifier(REPORT, value(identifier)));
    }
    String study = instance.identity().study();
    if (study != null && instance.dicom() == null) {
      hashes.add(ids.identifier(STUDY, study));
    }
    if (hashes.isEmpty()) {
      return; // so it is with DICOM objects, of which there are most
    }
    try (PreparedStatement row =
        connection.prepareStatement(
            "INSERT INTO instance_identifier (identifier, instance, subject) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")) {
      for (String hash : hashes) {
        row.setString(1, hash);
        row.setString(2, instance.id());
        row.setString(3, instance.subject());
        row.executeUpdate();
      }
    }
  }

  private static String value(String identifier) {
    return identifier.substring(identifier.indexOf('|') + 1);
  }

  /** Instances of reports with an identifier of this value, whatever its system. */
  public List<String> ofReport(String value) {
    return instances(ids.identifier(REPORT, value));
  }

  /** Instances that came under a study identifier and are no DICOM objects. */
  public List<String> ofStudy(String name) {
    return instances(ids.identifier(STUDY, name));
  }

  private List<String> instances(String hash) {
    return database.strings(
        "SELECT instance FROM instance_identifier WHERE identifier = ? ORDER BY instance", hash);
  }
}
