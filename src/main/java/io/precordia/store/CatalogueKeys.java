package io.precordia.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/**
 * What the catalogue's indexes tell without opening a header: which subjects have objects, and
 * which of them an exact key selects. Thread-safe.
 */
public final class CatalogueKeys {
  private static final String ISSUER = "^^^";
  private final Database database;
  private final OpaqueIds ids;

  CatalogueKeys(Database database, OpaqueIds ids) {
    this.database = database;
    this.ids = ids;
  }

  /**
   * Objects of one subject.
   *
   * @param first sequence number of the one that came first
   * @param last sequence number of the one that came last
   */
  public record Range(String subject, long first, long last, int objects) {}

  /** An object that came. */
  public record Arrival(String subject, long sequence) {}

  /** Every subject that has objects, in the order of their first ones. */
  public List<Range> subjects() {
    return database.transaction(
        connection -> {
          try (PreparedStatement query =
                  connection.prepareStatement(
                      "SELECT subject, MIN(seq), MAX(seq), COUNT(seq) FROM dicom_object GROUP BY subject"
                          + " ORDER BY 2");
              ResultSet row = query.executeQuery()) {
            List<Range> out = new ArrayList<>();
            while (row.next()) {
              out.add(new Range(row.getString(1), row.getLong(2), row.getLong(3), row.getInt(4)));
            }
            return out;
          }
        });
  }

  /** At most {@code limit} objects that came after the sequence number. */
  public List<Arrival> after(long sequence, int limit) {
    return database.transaction(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT subject, seq FROM dicom_object WHERE seq > ? ORDER BY seq LIMIT ?")) {
            query.setLong(1, sequence);
            query.setInt(2, limit);
            List<Arrival> out = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                out.add(new Arrival(row.getString(1), row.getLong(2)));
              }
            }
            return out;
          }
        });
  }

  /** Subjects with objects of a study. */
  public List<String> withStudy(String uid) {
    return subjects("study_uid", ids.studyUid(uid));
  }

  /** Subjects with objects of a series. */
  public List<String> withSeries(String uid) {
    return subjects("series_uid", ids.seriesUid(uid));
  }

  /** Subjects with an object of this SOP Instance UID. */
  public List<String> withSopInstance(String uid) {
    return subjects("sop_instance_uid", ids.object(uid));
  }

  /** Subjects with objects of this accession number. */
  public List<String> withAccession(String number) {
    return subjects("accession", ids.accession(number));
  }

  /** Subjects with objects of this Patient ID, whatever its issuer. */
  public List<String> withPatientId(String number) {
    return subjects("patient_id", patientId(number));
  }

  /** Lookup key of a Patient ID, which may have its issuer behind it. */
  String patientId(String patient) {
    int issuer = patient.indexOf(ISSUER);
    return ids.patientId(issuer < 0 ? patient : patient.substring(0, issuer));
  }

  private List<String> subjects(String column, String value) {
    return database.strings(
        "SELECT DISTINCT subject FROM dicom_object WHERE " + column + " = ?", value);
  }
}
