package io.precordia.store;

import io.precordia.study.Modality;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of the instance table with its details still sealed; ids as they were stored. */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
record SealedRow(
    String id,
    long sequence,
    String study,
    String subject,
    InstanceStatus status,
    @Nullable Modality modality,
    String format,
    long bytes,
    Instant received,
    int windows,
    byte[] details) {
  static final String COLUMNS =
      "id, seq, study, subject, status, modality, format, size_bytes, received, windows, details";

  static SealedRow read(ResultSet row) throws SQLException {
    String modality = row.getString(6);
    return new SealedRow(
        row.getString(1),
        row.getLong(2),
        row.getString(3),
        row.getString(4),
        InstanceStatus.valueOf(row.getString(5)),
        modality == null ? null : Modality.valueOf(modality),
        row.getString(7),
        row.getLong(8),
        row.getObject(9, OffsetDateTime.class).toInstant(),
        row.getInt(10),
        row.getBytes(11));
  }

  /**
   * The instance, or empty if its subject's key is gone: it is being erased, so it is not there any
   * more.
   */
  Optional<InstanceRecord> open(KeyRing keys, InstanceCodec codec, SubjectAliases aliases) {
    return keys.known(subject)
        .map(key -> codec.openDetails(key, id, subject, details))
        .map(
            d ->
                new InstanceRecord(
                    id,
                    sequence,
                    aliases.study(subject, study, d.study()),
                    aliases.surviving(subject),
                    subject,
                    status,
                    modality,
                    format,
                    d.identity(),
                    d.text(),
                    d.flags(),
                    d.partNames(),
                    bytes,
                    received,
                    d.joined(),
                    windows));
  }
}
