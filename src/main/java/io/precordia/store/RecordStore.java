package io.precordia.store;

import io.precordia.study.Flag;
import io.precordia.study.Modality;
import io.precordia.study.ObjectHeader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows of studies, instances and their vectors, patient data sealed under each subject's key.
 * Thread-safe.
 */
public final class RecordStore {
  private static final String COLUMNS = SealedRow.COLUMNS;
  private final Database database;
  private final KeyRing keys;
  private final OpaqueIds ids;
  private final SubjectAliases aliases;
  private final InstanceCodec codec = new InstanceCodec();
  private final StoredVectors vectors;
  private final DicomObjects dicom;
  private final Completions completions;
  private final ReportNumbers reportNumbers;
  private final Identifiers identifiers;

  RecordStore(Database database, KeyRing keys, OpaqueIds ids, SubjectAliases aliases) {
    this.aliases = aliases;
    this.vectors = new StoredVectors(database, keys, codec);
    this.dicom = new DicomObjects(database, keys, ids, aliases);
    this.completions = new Completions(database, ids);
    this.identifiers = new Identifiers(database, ids);
    this.reportNumbers = new ReportNumbers(database, ids);
    this.database = database;
    this.keys = keys;
    this.ids = ids;
  }

  /**
   * Inserts all in one transaction. An instance that is there already is left as it is.
   *
   * @return the ids that were new
   */
  List<String> insert(List<NewInstance> instances) {
    for (NewInstance instance : instances) {
      keys.ofSubject(
          instance.subject()); // its own transaction: no lock is held while keys are made
    }
    return database.transaction(
        connection -> {
          List<String> inserted = new ArrayList<>();
          for (NewInstance instance : instances) {
            if (insert(connection, instance)) {
              inserted.add(instance.id());
            }
          }
          return inserted;
        });
  }

  private boolean insert(Connection connection, NewInstance instance) throws SQLException {
    DataKey key = keys.ofSubject(instance.subject());
    try (PreparedStatement study =
        connection.prepareStatement(
            "INSERT INTO study (id, subject) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
      study.setString(1, instance.study());
      study.setString(2, instance.subject());
      study.executeUpdate();
    }
    aliases.studyKept(
        connection, instance.subject(), instance.study(), instance.identity().study());
    try (PreparedStatement row =
        connection.prepareStatement(
            "INSERT INTO instance (id, study, subject, object, status, modality, format, size_bytes, received, windows, details)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
      String object = instance.identity().object();
      Modality modality = instance.modality();
      row.setString(1, instance.id());
      row.setString(2, instance.study());
      row.setString(3, instance.subject());
      row.setString(4, object == null ? null : ids.object(object));
      row.setString(5, instance.status().name());
      row.setString(6, modality == null ? null : modality.name());
      row.setString(7, instance.format());
      row.setLong(8, instance.bytes());
      row.setObject(9, OffsetDateTime.now(ZoneOffset.UTC));
      row.setInt(10, instance.vectors().size());
      row.setBytes(
          11,
          codec.sealDetails(
              key, instance.id(), instance.subject(), InstanceCodec.Details.of(instance)));
      if (row.executeUpdate() == 0) {
        return false;
      }
    }
    completions.arrived(connection, instance);
    reportNumbers.insert(connection, instance);
    identifiers.insert(connection, instance);
    String model = instance.model();
    if (model != null) {
      vectors.insert(connection, instance.id(), instance.subject(), model, instance.vectors());
    }
    ObjectHeader header = instance.dicom();
    if (header != null) {
      dicom.insert(connection, instance.id(), instance.subject(), header);
    }
    return true;
  }

  /**
   * Turns an embedded instance into a flagged one: its vectors go, the reason is added before its
   * other flags.
   */
  public void flag(InstanceRecord instance, Flag reason) {
    List<Flag> flags = new ArrayList<>(List.of(reason));
    flags.addAll(instance.flags());
    Optional<DataKey> key = keys.known(instance.origin());
    if (key.isEmpty()) {
      return; // erased meanwhile
    }
    InstanceCodec.Details details = InstanceCodec.Details.of(instance).flagged(flags);
    byte[] sealed = codec.sealDetails(key.get(), instance.id(), instance.origin(), details);
    database.transaction(
        connection -> {
          update(connection, "DELETE FROM embedding WHERE instance = ?", instance.id());
          try (PreparedStatement row =
              connection.prepareStatement(
                  "UPDATE instance SET status = 'FLAGGED', windows = 0, details = ? WHERE id = ?")) {
            row.setBytes(1, sealed);
            row.setString(2, instance.id());
            return row.executeUpdate();
          }
        });
  }

  /** Vectors of instances, by model. */
  public StoredVectors vectors() {
    return vectors;
  }

  /** Which studies are complete. */
  public Completions completions() {
    return completions;
  }

  /** Identifiers of what is no DICOM object. */
  public Identifiers identifiers() {
    return identifiers;
  }

  /** Order numbers of reports. */
  ReportNumbers reportNumbers() {
    return reportNumbers;
  }

  /** The catalogue of DICOM objects. */
  public DicomObjects dicom() {
    return dicom;
  }

  /** One instance. */
  public Optional<InstanceRecord> instance(String id) {
    return select("WHERE id = ?", List.of(id)).stream().findFirst();
  }

  /** Which of the ids are kept. */
  public boolean contains(String id) {
    return count("SELECT COUNT(*) FROM instance WHERE id = ?", id) > 0;
  }

  /** The embedded instance that has this object identifier (SOP Instance UID). */
  public Optional<String> storedObject(String object) {
    return database
        .strings(
            "SELECT id FROM instance WHERE object = ? AND status = 'STORED' ORDER BY seq",
            ids.object(object))
        .stream()
        .findFirst();
  }

  /** One study with its instances. */
  public Optional<StudyRecord> study(String id) {
    String reported = aliases.survivingStudy(id);
    List<InstanceRecord> instances =
        select(
            "WHERE study = ? OR study IN (SELECT study FROM study_alias WHERE surviving = ?) ORDER BY seq",
            List.of(reported, reported));
    return instances.isEmpty()
        ? Optional.empty()
        : Optional.of(new StudyRecord(reported, instances.getFirst().subject(), instances));
  }

  /** One instance that was kept under this study id. */
  Optional<InstanceRecord> anyOf(String study) {
    return select("WHERE study = ? ORDER BY seq LIMIT 1", List.of(study)).stream().findFirst();
  }

  /** Every instance of a subject. */
  public List<InstanceRecord> ofSubject(String subject) {
    return select("WHERE subject = ? ORDER BY seq", List.of(subject));
  }

  /**
   * Instances in the order they were stored.
   *
   * @param status only these, or null for all
   * @param after 0 for the first page, then {@link Page#next()}
   * @param limit 1 to 1000
   */
  public Page<InstanceRecord> list(@Nullable InstanceStatus status, long after, int limit) {
    int bounded = Math.clamp(limit, 1, 1000);
    List<InstanceRecord> rows =
        status == null
            ? select("WHERE seq > ? ORDER BY seq LIMIT ?", List.of(after, bounded + 1))
            : select(
                "WHERE status = ? AND seq > ? ORDER BY status, seq LIMIT ?",
                List.of(status.name(), after, bounded + 1));
    return rows.size() <= bounded
        ? new Page<>(rows, null)
        : new Page<>(rows.subList(0, bounded), rows.get(bounded - 1).sequence());
  }

  /** Number of instances in a status. */
  public long count(InstanceStatus status) {
    return count("SELECT COUNT(*) FROM instance WHERE status = ?", status.name());
  }

  /** Sequence number of what was stored last, 0 if nothing was: not less than what is kept. */
  public long last() {
    return Long.parseLong(
        database.strings("SELECT COALESCE(MAX(seq), 0) FROM instance").getFirst());
  }

  /** Number of studies. */
  public long studies() {
    return count("SELECT COUNT(*) FROM study");
  }

  /**
   * Every embedded instance in storing order; the list of vectors is empty for those not embedded
   * by {@code model}.
   */
  public void forEachStored(String model, Consumer<Embedded> action) {
    new StoredScan(database, keys, aliases, codec).run(model, action);
  }

  /** The instances that came under one subject, in storing order. */
  public List<InstanceRecord> ofOrigin(String subject) {
    return select("WHERE subject = ? ORDER BY seq", List.of(subject));
  }

  /**
   * Replaces what is told of instances, in one transaction; those erased meanwhile are left out.
   */
  void correct(List<InstanceRecord> corrected) {
    Map<String, byte[]> sealed = new LinkedHashMap<>();
    for (InstanceRecord r : corrected) {
      keys.known(r.origin())
          .ifPresent(
              key ->
                  sealed.put(
                      r.id(),
                      codec.sealDetails(key, r.id(), r.origin(), InstanceCodec.Details.of(r))));
    }
    database.transaction(
        connection -> {
          try (PreparedStatement row =
              connection.prepareStatement("UPDATE instance SET details = ? WHERE id = ?")) {
            for (Map.Entry<String, byte[]> details : sealed.entrySet()) {
              row.setBytes(1, details.getValue());
              row.setString(2, details.getKey());
              row.executeUpdate();
            }
            return sealed.size();
          }
        });
  }

  /**
   * Deletes the rows and keys of subjects, with what is known of their merging, within one
   * transaction; the ids of their instances.
   */
  List<String> delete(Set<String> subjects) {
    return database.transaction(
        connection -> {
          List<String> instances = new ArrayList<>();
          for (String subject : subjects) {
            instances.addAll(delete(connection, subject));
          }
          return instances;
        });
  }

  private List<String> delete(Connection connection, String subject) throws SQLException {
    List<String> instances =
        Database.strings(
            connection, "SELECT id FROM instance WHERE subject = ? ORDER BY seq", subject);
    update(
        connection,
        "INSERT INTO blob_erasure (id) SELECT id FROM instance WHERE subject = ?",
        subject);
    update(
        connection,
        "DELETE FROM embedding WHERE instance IN (SELECT id FROM instance WHERE subject = ?)",
        subject);
    aliases.delete(connection, subject);
    update(connection, "DELETE FROM instance_identifier WHERE subject = ?", subject);
    Patients.delete(connection, subject);
    update(connection, "DELETE FROM report_number WHERE subject = ?", subject);
    update(connection, "DELETE FROM imaging_order WHERE subject = ?", subject);
    Outbox.erase(connection, subject);
    update(connection, "DELETE FROM dicom_object WHERE subject = ?", subject);
    update(connection, "DELETE FROM instance WHERE subject = ?", subject);
    update(connection, "DELETE FROM study WHERE subject = ?", subject);
    keys.delete(connection, subject);
    return instances;
  }

  /** Ids whose rows are erased and whose blobs may still be there. */
  List<String> blobsToErase() {
    return database.strings("SELECT id FROM blob_erasure");
  }

  /** Notes that a blob is gone. */
  @SuppressWarnings(
      "NullAway") // type-use annotations of arrays and of type arguments are not read there
  void blobErased(String id) {
    database.<@Nullable Void>transaction(
        connection -> {
          update(connection, "DELETE FROM blob_erasure WHERE id = ?", id);
          return null;
        });
  }

  private List<InstanceRecord> select(String where, List<?> values) {
    List<SealedRow> rows =
        database.query(
            connection -> {
              try (PreparedStatement query =
                  connection.prepareStatement("SELECT " + COLUMNS + " FROM instance " + where)) {
                for (int i = 0; i < values.size(); i++) {
                  query.setObject(i + 1, values.get(i));
                }
                List<SealedRow> out = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                  while (row.next()) {
                    out.add(SealedRow.read(row));
                  }
                }
                return out;
              }
            });
    // Keys are looked up after the connection is given back: a thread never holds two.
    return rows.stream().flatMap(row -> row.open(keys, codec, aliases).stream()).toList();
  }

  private long count(String sql, Object... values) {
    return Long.parseLong(database.strings(sql, values).getFirst());
  }

  private static void update(Connection connection, String sql, String value) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, value);
      statement.executeUpdate();
    }
  }
}
