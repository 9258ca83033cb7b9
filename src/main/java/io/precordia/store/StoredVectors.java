package io.precordia.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Rows of vectors, sealed under each subject's key, in pieces of some windows. Thread-safe. */
public final class StoredVectors {
  private final Database database;
  private final KeyRing keys;
  private final InstanceCodec codec;

  StoredVectors(Database database, KeyRing keys, InstanceCodec codec) {
    this.database = database;
    this.keys = keys;
    this.codec = codec;
  }

  void insert(Connection connection, String id, String subject, String model, List<float[]> vectors)
      throws SQLException {
    DataKey key = keys.ofSubject(subject);
    try (PreparedStatement row =
        connection.prepareStatement(
            "INSERT INTO embedding (instance, model, first_window, vectors) VALUES (?, ?, ?, ?)")) {
      for (int first = 0; first < vectors.size(); first += InstanceCodec.WINDOWS_PER_ROW) {
        List<float[]> part =
            vectors.subList(first, Math.min(vectors.size(), first + InstanceCodec.WINDOWS_PER_ROW));
        row.setString(1, id);
        row.setString(2, model);
        row.setInt(3, first);
        row.setBytes(4, codec.sealVectors(key, id, subject, model, first, part));
        row.executeUpdate();
      }
    }
  }

  /** Replaces an instance's vectors of every model by those of this one. */
  public void replace(InstanceRecord instance, String model, List<float[]> vectors) {
    keys.ofSubject(instance.origin());
    database.transaction(
        connection -> {
          try (PreparedStatement old =
              connection.prepareStatement("DELETE FROM embedding WHERE instance = ?")) {
            old.setString(1, instance.id());
            old.executeUpdate();
          }
          insert(connection, instance.id(), instance.origin(), model, vectors);
          try (PreparedStatement count =
              connection.prepareStatement("UPDATE instance SET windows = ? WHERE id = ?")) {
            count.setInt(1, vectors.size());
            count.setString(2, instance.id());
            return count.executeUpdate();
          }
        });
  }

  /** Adds an instance's vectors of another model beside those that it has. */
  public void add(InstanceRecord instance, String model, List<float[]> vectors) {
    keys.ofSubject(instance.origin());
    database.transaction(
        connection -> {
          try (PreparedStatement old =
              connection.prepareStatement(
                  "DELETE FROM embedding WHERE instance = ? AND model = ?")) {
            old.setString(1, instance.id());
            old.setString(2, model);
            old.executeUpdate();
          }
          insert(connection, instance.id(), instance.origin(), model, vectors);
          return vectors.size();
        });
  }

  /** Deletes the vectors of every model but this one. */
  public void dropOthers(String model) {
    database.transaction(
        connection -> {
          try (PreparedStatement others =
              connection.prepareStatement("DELETE FROM embedding WHERE model <> ?")) {
            others.setString(1, model);
            return others.executeUpdate();
          }
        });
  }

  /** The vectors that an instance has under a model; empty if it has none. */
  public List<float[]> of(InstanceRecord record, String model) {
    VectorRows rows =
        database.transaction(
            connection -> {
              try (PreparedStatement query =
                  connection.prepareStatement(
                      "SELECT first_window, vectors FROM embedding WHERE instance = ? AND model = ?"
                          + " ORDER BY first_window")) {
                query.setString(1, record.id());
                query.setString(2, model);
                VectorRows out = new VectorRows(model);
                try (ResultSet row = query.executeQuery()) {
                  while (row.next()) {
                    out.add(record.id(), row.getInt(1), row.getBytes(2));
                  }
                }
                return out;
              }
            });
    return rows.of(record, keys, codec);
  }
}
