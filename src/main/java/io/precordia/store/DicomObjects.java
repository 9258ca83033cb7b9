package io.precordia.store;

import io.precordia.study.ObjectHeader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the catalogue of DICOM objects: found by keyed hashes of their identifiers, headers
 * sealed under the subject's key. Objects of one SOP Instance UID come in the order they were
 * stored. Thread-safe.
 */
public final class DicomObjects {
  private static final String SELECT =
      "SELECT d.instance, d.seq, i.seq, d.subject, i.status, d.sop_class, d.transfer_syntax, i.size_bytes, d.header"
          + " FROM dicom_object d JOIN instance i ON i.id = d.instance ";

  private static final int BULK = 200;
  private static final String NO_PATIENT_ID = "";
  private final Database database;
  private final KeyRing keys;
  private final OpaqueIds ids;
  private final SubjectAliases aliases;
  private final InstanceCodec codec = new InstanceCodec();
  private final CatalogueKeys catalogue;

  DicomObjects(Database database, KeyRing keys, OpaqueIds ids, SubjectAliases aliases) {
    this.aliases = aliases;
    this.database = database;
    this.keys = keys;
    this.ids = ids;
    this.catalogue = new CatalogueKeys(database, ids);
  }

  /** Which subjects have objects, and where objects with given attributes are. */
  public CatalogueKeys catalogue() {
    return catalogue;
  }

  /** Objects with this SOP Instance UID, the one kept first in front. */
  public List<DicomRow> withSopInstance(String uid) {
    return select("WHERE d.sop_instance_uid = ? ORDER BY i.seq", ids.object(uid));
  }

  /** The instance of the object kept first with this SOP Instance UID; null if none is kept. */
  public @Nullable String firstWithSopInstance(String uid) {
    List<String> found =
        database.strings(
            "SELECT d.instance FROM dicom_object d JOIN instance i ON i.id = d.instance"
                + " WHERE d.sop_instance_uid = ? ORDER BY i.seq LIMIT 1",
            ids.object(uid));
    return found.isEmpty() ? null : found.getFirst();
  }

  /** Objects of a study, in storing order. */
  public List<DicomRow> ofStudy(String uid) {
    return select("WHERE d.study_uid = ? ORDER BY i.seq", ids.studyUid(uid));
  }

  /** Objects of a series, in storing order. */
  public List<DicomRow> ofSeries(String uid) {
    return select("WHERE d.series_uid = ? ORDER BY i.seq", ids.seriesUid(uid));
  }

  /** Objects with this accession number, in storing order. */
  public List<DicomRow> withAccession(String number) {
    return select("WHERE d.accession = ? ORDER BY i.seq", ids.accession(number));
  }

  /**
   * Objects of a patient, in storing order, with those of patients that were merged with it.
   *
   * @param patient Patient ID, with {@code ^^^} and issuer where the objects name one
   */
  public List<DicomRow> ofPatient(String patient) {
    String subject = ids.subject(patient);
    List<String> group = List.copyOf(aliases.members(aliases.surviving(subject)));
    if (group.size() == 1) {
      return select("WHERE d.patient = ? ORDER BY i.seq", subject);
    }
    List<Object> values = new ArrayList<>(List.of(subject));
    values.addAll(group);
    return select(
        "WHERE d.patient = ? OR d.subject IN (?"
            + ", ?".repeat(group.size() - 1)
            + ") ORDER BY i.seq",
        values.toArray());
  }

  /** The object of an instance. */
  public Optional<DicomRow> ofInstance(String instance) {
    return select("WHERE d.instance = ?", instance).stream().findFirst();
  }

  /** The objects of instances, in any order; those that are gone are left out. */
  public List<DicomRow> ofInstances(List<String> instances) {
    List<DicomRow> out = new ArrayList<>();
    for (int from = 0; from < instances.size(); from += BULK) {
      List<String> part = instances.subList(from, Math.min(instances.size(), from + BULK));
      String places = Database.places(part.size());
      out.addAll(select("WHERE d.instance IN (" + places + ")", part.toArray()));
    }
    return out;
  }

  /** Whether any object with this SOP Instance UID is kept. */
  public boolean contains(String sopInstance) {
    return !database
        .strings(
            "SELECT instance FROM dicom_object WHERE sop_instance_uid = ? LIMIT 1",
            ids.object(sopInstance))
        .isEmpty();
  }

  /** The objects of subjects, in the order they came. */
  public List<DicomRow> ofSubjects(List<String> subjects) {
    List<DicomRow> out = new ArrayList<>();
    for (int from = 0; from < subjects.size(); from += BULK) {
      List<String> part = subjects.subList(from, Math.min(subjects.size(), from + BULK));
      String places = Database.places(part.size());
      keys.load(part);
      out.addAll(
          select("WHERE d.subject IN (" + places + ") ORDER BY d.subject, d.seq", part.toArray()));
    }
    return out;
  }

  /** Number of objects. */
  public long count() {
    return Long.parseLong(database.strings("SELECT COUNT(*) FROM dicom_object").getFirst());
  }

  /** Ids of DICOM instances that are not in the catalogue, after an id; at most {@code limit}. */
  public List<String> missing(String after, int limit) {
    return database.strings(
        "SELECT i.id FROM instance i LEFT JOIN dicom_object d ON d.instance = i.id"
            + " WHERE i.format = 'dicom' AND d.instance IS NULL AND i.id > ? ORDER BY i.id LIMIT ?",
        after,
        limit);
  }

  /** At most {@code limit} objects of an older version whose Patient ID was not looked at yet. */
  public List<DicomRow> withoutPatientId(int limit) {
    return select("WHERE d.patient_id IS NULL LIMIT ?", limit);
  }

  /** Notes the Patient IDs that headers have, by instance; empty for none. */
  public void patientIds(Map<String, String> found) {
    int unused =
        database.transaction(
            connection -> {
              try (PreparedStatement row =
                  connection.prepareStatement(
                      "UPDATE dicom_object SET patient_id = ? WHERE instance = ?")) {
                for (Map.Entry<String, String> one : found.entrySet()) {
                  row.setString(
                      1,
                      one.getValue().isEmpty()
                          ? NO_PATIENT_ID
                          : catalogue.patientId(one.getValue()));
                  row.setString(2, one.getKey());
                  row.addBatch();
                }
                return row.executeBatch().length;
              }
            });
  }

  /** Adds the row of an instance that is kept already; false if there is one or it was erased. */
  public boolean add(InstanceRecord instance, ObjectHeader header) {
    Optional<DataKey> key = keys.known(instance.origin());
    if (key.isEmpty()) {
      return false;
    }
    return database.transaction(
        connection -> insert(connection, instance.id(), instance.origin(), header));
  }

  boolean insert(Connection connection, String instance, String subject, ObjectHeader header)
      throws SQLException {
    Optional<DataKey> key = keys.known(subject);
    if (key.isEmpty()) {
      return false;
    }
    try (PreparedStatement row =
        connection.prepareStatement(
            "INSERT INTO dicom_object (instance, subject, patient, study_uid, series_uid, sop_instance_uid, accession,"
                + " sop_class, transfer_syntax, header, patient_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING")) {
      @Nullable String patient = header.patient();
      @Nullable String accession = header.accession();
      row.setString(1, instance);
      row.setString(2, subject);
      row.setString(3, patient == null ? null : ids.subject(patient));
      row.setString(4, ids.studyUid(header.study()));
      row.setString(5, ids.seriesUid(header.series()));
      row.setString(6, ids.object(header.sopInstance()));
      row.setString(7, accession == null ? null : ids.accession(accession));
      row.setString(8, header.sopClass());
      row.setString(9, header.transferSyntax());
      row.setBytes(10, codec.sealHeader(key.get(), instance, subject, header.header()));
      row.setString(11, patient == null ? NO_PATIENT_ID : catalogue.patientId(patient));
      return row.executeUpdate() > 0;
    }
  }

  private List<DicomRow> select(String where, Object... values) {
    List<DicomRow> sealed =
        database.query(
            connection -> {
              try (PreparedStatement query = connection.prepareStatement(SELECT + where)) {
                for (int i = 0; i < values.length; i++) {
                  query.setObject(i + 1, values[i]);
                }
                List<DicomRow> out = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                  while (row.next()) {
                    out.add(read(row));
                  }
                }
                return out;
              }
            });
    // Keys are looked up after the connection is given back: a thread never holds two.
    return sealed.stream().flatMap(row -> open(row).stream()).toList();
  }

  private static DicomRow read(ResultSet row) throws SQLException {
    return new DicomRow(
        row.getString(1),
        row.getLong(2),
        row.getLong(3),
        row.getString(4),
        InstanceStatus.valueOf(row.getString(5)),
        row.getString(6),
        row.getString(7),
        row.getLong(8),
        row.getBytes(9));
  }

  /** Empty if its subject's key is gone: it is being erased, so it is not there any more. */
  private Optional<DicomRow> open(DicomRow row) {
    return keys.known(row.subject())
        .map(
            key ->
                new DicomRow(
                    row.instance(),
                    row.sequence(),
                    row.stored(),
                    row.subject(),
                    row.status(),
                    row.sopClass(),
                    row.transferSyntax(),
                    row.bytes(),
                    codec.openHeader(key, row.instance(), row.subject(), row.header())));
  }
}
