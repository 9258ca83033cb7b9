package io.precordia.store;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One random data key per subject, and the store's own keys, each kept wrapped by the master key.
 * Thread-safe.
 */
public final class KeyRing {
  /** Keys of one query. */
  private static final int BULK = 500;

  private final Database database;
  private final MasterKey master;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, DataKey> unwrapped = new ConcurrentHashMap<>();

  /** How many keys were destroyed; also the lock of that. */
  private final AtomicLong forgotten = new AtomicLong();

  KeyRing(Database database, MasterKey master) {
    this.database = database;
    this.master = master;
  }

  /**
   * A key of the store itself, made at first use.
   *
   * @throws PrecordiaException CORRUPT_STORE if the master key is not the one the store was made
   *     with
   */
  DataKey ofStore(String name) {
    String purpose = "store/" + name;
    DataKey key = find("SELECT wrapped FROM store_key WHERE name = ?", name, purpose);
    if (key != null) {
      return key;
    }
    insert(
        "INSERT INTO store_key (name, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING",
        name,
        purpose);
    database.sync();
    return present(find("SELECT wrapped FROM store_key WHERE name = ?", name, purpose));
  }

  /** The subject's key, made if the subject is new. */
  DataKey ofSubject(String subject) {
    return unwrapped.computeIfAbsent(
        subject,
        id -> {
          DataKey known = findSubject(id);
          if (known != null) {
            return known;
          }
          insert(
              "INSERT INTO subject (id, wrapped_key) VALUES (?, ?) ON CONFLICT DO NOTHING",
              id,
              "subject/" + id);
          return present(findSubject(id));
        });
  }

  /** The subject's key if the subject is known. */
  Optional<DataKey> known(String subject) {
    return Optional.ofNullable(unwrapped.computeIfAbsent(subject, this::findSubject));
  }

  /** Reads the keys of subjects that are not in memory yet, many at a time. */
  void load(Collection<String> subjects) {
    List<String> missing = subjects.stream().filter(id -> !unwrapped.containsKey(id)).toList();
    for (int from = 0; from < missing.size(); from += BULK) {
      List<String> part = missing.subList(from, Math.min(missing.size(), from + BULK));
      long before = forgotten.get();
      Map<String, DataKey> keys = new HashMap<>();
      wrapped(part).forEach((id, bytes) -> keys.put(id, master.unwrap(bytes, "subject/" + id)));
      synchronized (forgotten) {
        // A key that was destroyed since it was read must not come back.
        if (forgotten.get() == before) {
          keys.forEach(unwrapped::putIfAbsent);
        }
      }
    }
  }

  private Map<String, byte[]> wrapped(List<String> subjects) {
    return database.transaction(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT id, wrapped_key FROM subject WHERE id IN ("
                      + Database.places(subjects.size())
                      + ")")) {
            for (int i = 0; i < subjects.size(); i++) {
              query.setString(i + 1, subjects.get(i));
            }
            Map<String, byte[]> out = new HashMap<>();
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                out.put(row.getString(1), row.getBytes(2));
              }
            }
            return out;
          }
        });
  }

  /** Deletes the wrapped key within the caller's transaction. */
  boolean delete(Connection connection, String subject) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM subject WHERE id = ?")) {
      delete.setString(1, subject);
      return delete.executeUpdate() > 0;
    }
  }

  /** Overwrites the key in memory. */
  void forget(String subject) {
    synchronized (forgotten) {
      forgotten.incrementAndGet();
      DataKey key = unwrapped.remove(subject);
      if (key != null) {
        key.destroy();
      }
    }
  }

  private @Nullable DataKey findSubject(String id) {
    return find("SELECT wrapped_key FROM subject WHERE id = ?", id, "subject/" + id);
  }

  @SuppressWarnings(
      "NullAway") // type-use annotations of arrays and of type arguments are not read there
  private @Nullable DataKey find(String sql, String id, String purpose) {
    byte[] wrapped =
        database.<byte @Nullable []>transaction(
            connection -> {
              try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setString(1, id);
                try (ResultSet row = query.executeQuery()) {
                  return row.next() ? row.getBytes(1) : null;
                }
              }
            });
    return wrapped == null ? null : master.unwrap(wrapped, purpose);
  }

  private void insert(String sql, String id, String purpose) {
    byte[] raw = new byte[32];
    random.nextBytes(raw);
    byte[] wrapped = master.wrap(raw, purpose);
    database.transaction(
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, id);
            insert.setBytes(2, wrapped);
            return insert.executeUpdate();
          }
        });
  }

  private static DataKey present(@Nullable DataKey key) {
    if (key == null) {
      throw new PrecordiaException(ErrorCode.INTERNAL, "a key vanished while it was made");
    }
    return key;
  }
}
