package io.precordia.store;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is to be delivered and what became of it. Content lies as blobs under the subject's key
 * until it is sent or discarded; rows stay, and all of it goes with the subject. Thread-safe.
 */
public final class Outbox {
  private static final String COLUMNS =
      "id, seq, study, subject, instance, destination, kind, state, attempts, created, next_try, sent, reason,"
          + " media_type, sop_class, sop_instance, transfer_syntax";
  private final Database database;
  private final KeyRing keys;
  private final OpaqueIds ids;
  private final BlobStore blobs;

  /** A row and its blob change together: content put in again must not go with what was sent. */
  private final ReentrantLock changing = new ReentrantLock();

  Outbox(Database database, KeyRing keys, OpaqueIds ids, BlobStore blobs) {
    this.database = database;
    this.keys = keys;
    this.ids = ids;
    this.blobs = blobs;
  }

  /**
   * Puts objects in durably; when this returns, a crash loses none. An object that a destination
   * has a delivery of already is left as it is.
   *
   * @param again send also what was sent, refused or discarded before
   * @return the ids of the deliveries, in the order given
   * @throws PrecordiaException NOT_FOUND if the subject was erased
   */
  public List<String> put(List<NewDelivery> deliveries, boolean again) {
    List<String> out = new ArrayList<>();
    for (NewDelivery d : deliveries) {
      String id = ids.delivery(d.destination(), d.sopInstance());
      out.add(id);
      changing.lock();
      try {
        put(id, d, again);
      } finally {
        changing.unlock();
      }
    }
    database.sync();
    return out;
  }

  private void put(String id, NewDelivery d, boolean again) {
    Optional<DeliveryRow> known = find(id);
    if (known.isEmpty() || (again && known.get().state() != DeliveryState.WAITING)) {
      blobs.put(id, d.subject(), key(d.subject()), d.content());
      database.transaction(
          connection -> known.isPresent() ? reset(connection, id) : insert(connection, id, d));
    }
  }

  private DataKey key(String subject) {
    return keys.known(subject)
        .orElseThrow(
            () -> new PrecordiaException(ErrorCode.NOT_FOUND, "the subject is not kept any more"));
  }

  private static int insert(Connection connection, String id, NewDelivery d) throws SQLException {
    try (PreparedStatement row =
        connection.prepareStatement(
            "INSERT INTO delivery (id, study, subject, instance, destination, kind, state, attempts, created, next_try,"
                + " media_type, sop_class, sop_instance, transfer_syntax)"
                + " VALUES (?, ?, ?, ?, ?, ?, 'WAITING', 0, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
      OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
      Completions.set(
          row,
          id,
          d.study(),
          d.subject(),
          d.instance(),
          d.destination(),
          d.kind(),
          now,
          now,
          d.mediaType(),
          d.sopClass(),
          d.sopInstance(),
          d.transferSyntax());
      return row.executeUpdate();
    }
  }

  private static int reset(Connection connection, String id) throws SQLException {
    try (PreparedStatement row =
        connection.prepareStatement(
            "UPDATE delivery SET state = 'WAITING', attempts = 0, next_try = ?, sent = NULL, reason = NULL WHERE id = ?")) {
      Completions.set(row, OffsetDateTime.now(ZoneOffset.UTC), id);
      return row.executeUpdate();
    }
  }

  /** One delivery. */
  public Optional<DeliveryRow> find(String id) {
    return select("WHERE id = ?", id).stream().findFirst();
  }

  /** What a destination is to get now, the oldest first. */
  public List<DeliveryRow> due(String destination, Instant now, int limit) {
    return select(
        "WHERE destination = ? AND state = 'WAITING' AND next_try <= ? ORDER BY seq LIMIT ?",
        destination,
        now.atOffset(ZoneOffset.UTC),
        limit);
  }

  /**
   * A page in the order they were made.
   *
   * @param state only these, null for all
   * @param destination only to this one, null for all
   * @param after 0, then {@link Page#next()}
   * @param limit 1 to 1000
   */
  public Page<DeliveryRow> list(
      @Nullable DeliveryState state, @Nullable String destination, long after, int limit) {
    int bounded = Math.clamp(limit, 1, 1000);
    StringBuilder where = new StringBuilder("WHERE seq > ?");
    List<Object> values = new ArrayList<>(List.of(after));
    if (state != null) {
      where.append(" AND state = ?");
      values.add(state.name());
    }
    if (destination != null) {
      where.append(" AND destination = ?");
      values.add(destination);
    }
    values.add(bounded + 1);
    List<DeliveryRow> rows = select(where + " ORDER BY seq LIMIT ?", values.toArray());
    return rows.size() <= bounded
        ? new Page<>(rows, null)
        : new Page<>(rows.subList(0, bounded), rows.get(bounded - 1).sequence());
  }

  /** Every delivery of a study. */
  public List<DeliveryRow> ofStudy(String study) {
    return select("WHERE study = ? ORDER BY seq", study);
  }

  /**
   * What the peer is to get.
   *
   * @throws PrecordiaException NOT_FOUND if it is sent, discarded or erased; CORRUPT_STORE
   */
  public byte[] content(DeliveryRow row) {
    return blobs.get(row.id(), row.subject(), key(row.subject()));
  }

  /** Notes that the peer has it; its content is deleted. */
  public void sent(DeliveryRow row, Instant now) {
    changing.lock();
    try {
      update(
          "UPDATE delivery SET state = 'SENT', attempts = attempts + 1, sent = ?, reason = NULL WHERE id = ?",
          now.atOffset(ZoneOffset.UTC),
          row.id());
      blobs.delete(row.id());
    } finally {
      changing.unlock();
    }
  }

  /**
   * Notes a failed attempt.
   *
   * @param nextTry null if it is not to be tried again
   */
  public void failed(DeliveryRow row, String reason, @Nullable Instant nextTry) {
    update(
        "UPDATE delivery SET state = ?, attempts = attempts + 1, next_try = COALESCE(?, next_try), reason = ?"
            + " WHERE id = ? AND state = 'WAITING'",
        nextTry == null ? "DEAD" : "WAITING",
        nextTry == null ? null : nextTry.atOffset(ZoneOffset.UTC),
        reason.substring(0, Math.min(200, reason.length())),
        row.id());
  }

  /** Notes that the peer owes an answer; it is no failed attempt. */
  public void pending(DeliveryRow row, String reason, Instant nextLook) {
    update(
        "UPDATE delivery SET next_try = ?, reason = ? WHERE id = ? AND state = 'WAITING'",
        nextLook.atOffset(ZoneOffset.UTC),
        reason,
        row.id());
  }

  /**
   * Tries a waiting or dead delivery again at once.
   *
   * @return the delivery as it waits now, whatever becomes of the attempt meanwhile; empty if there
   *     is no such delivery
   */
  public Optional<DeliveryRow> retry(String id) {
    List<DeliveryRow> waiting =
        database.transaction(
            connection -> {
              int changed =
                  update(
                      connection,
                      "UPDATE delivery SET state = 'WAITING', attempts = 0, next_try = ? WHERE id = ? AND state IN ('WAITING', 'DEAD')",
                      OffsetDateTime.now(ZoneOffset.UTC),
                      id);
              return changed > 0 ? select(connection, "WHERE id = ?", id) : List.of();
            });
    database.sync();
    return waiting.stream().findFirst();
  }

  /** Gives a waiting or dead delivery up; false if there is no such delivery. */
  public boolean discard(String id) {
    changing.lock();
    try {
      boolean found =
          update(
                  "UPDATE delivery SET state = 'DISCARDED' WHERE id = ? AND state IN ('WAITING', 'DEAD')",
                  id)
              > 0;
      if (found) {
        blobs.delete(id);
      }
      return found;
    } finally {
      changing.unlock();
    }
  }

  /** How many deliveries are in each state. */
  public Map<DeliveryState, Long> counts() {
    return database.transaction(
        connection -> {
          Map<DeliveryState, Long> out = new TreeMap<>();
          try (PreparedStatement query =
                  connection.prepareStatement(
                      "SELECT state, COUNT(*) FROM delivery GROUP BY state");
              ResultSet row = query.executeQuery()) {
            while (row.next()) {
              out.put(DeliveryState.valueOf(row.getString(1)), row.getLong(2));
            }
          }
          return out;
        });
  }

  /** Deletes a subject's rows within the caller's transaction and notes its blobs for deletion. */
  static void erase(Connection connection, String subject) throws SQLException {
    for (String sql :
        List.of(
            "INSERT INTO blob_erasure (id) SELECT id FROM delivery WHERE subject = ?",
            "DELETE FROM delivery WHERE subject = ?",
            "DELETE FROM study_completion WHERE subject = ?")) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setString(1, subject);
        statement.executeUpdate();
      }
    }
  }

  private int update(String sql, @Nullable Object... values) {
    int changed = database.transaction(connection -> update(connection, sql, values));
    database.sync();
    return changed;
  }

  private static int update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Completions.set(statement, values);
      return statement.executeUpdate();
    }
  }

  private List<DeliveryRow> select(String where, @Nullable Object... values) {
    return database.transaction(connection -> select(connection, where, values));
  }

  private static List<DeliveryRow> select(
      Connection connection, String where, @Nullable Object... values) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT " + COLUMNS + " FROM delivery " + where)) {
      Completions.set(query, values);
      List<DeliveryRow> out = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          out.add(read(row));
        }
      }
      return out;
    }
  }

  private static DeliveryRow read(ResultSet row) throws SQLException {
    return new DeliveryRow(
        row.getString(1),
        row.getLong(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        DeliveryState.valueOf(row.getString(8)),
        row.getInt(9),
        row.getObject(10, OffsetDateTime.class).toInstant(),
        row.getObject(11, OffsetDateTime.class).toInstant(),
        Completions.instant(row, 12),
        row.getString(13),
        row.getString(14),
        row.getString(15),
        row.getString(16),
        row.getString(17));
  }
}
