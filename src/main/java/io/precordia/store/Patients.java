package io.precordia.store;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.PatientDemographics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who the surviving patients of merges are, as their messages said, sealed under the key of their
 * subject and erased with it. Thread-safe.
 */
public final class Patients {
  private final Database database;
  private final KeyRing keys;

  /** Without the getter that it takes {@code issued} for. */
  private final ObjectMapper json =
      JsonMapper.builder().disable(MapperFeature.AUTO_DETECT_IS_GETTERS).build();

  private final Map<String, Optional<PatientDemographics>> read = new ConcurrentHashMap<>();

  Patients(Database database, KeyRing keys) {
    this.database = database;
    this.keys = keys;
  }

  /** Keeps or replaces what is known of a subject; durable with the next change of the store. */
  void put(String subject, PatientDemographics patient) {
    byte[] sealed;
    try {
      sealed = keys.ofSubject(subject).seal(json.writeValueAsBytes(patient), context(subject));
    } catch (IOException e) {
      throw new PrecordiaException(ErrorCode.INTERNAL, "a patient cannot be written");
    }
    database.transaction(
        connection -> {
          delete(connection, subject);
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO patient_demographics (subject, details) VALUES (?, ?)")) {
            insert.setString(1, subject);
            insert.setBytes(2, sealed);
            return insert.executeUpdate();
          }
        });
    read.put(subject, Optional.of(patient));
  }

  /** What the message of a merge said of a subject that survived it. */
  public Optional<PatientDemographics> of(String subject) {
    Optional<PatientDemographics> known = read.get(subject);
    if (known == null) {
      known = find(subject);
      read.put(subject, known);
    }
    return known;
  }

  private Optional<PatientDemographics> find(String subject) {
    byte[] sealed =
        database.transaction(
            connection -> {
              try (PreparedStatement query =
                  connection.prepareStatement(
                      "SELECT details FROM patient_demographics WHERE subject = ?")) {
                query.setString(1, subject);
                try (ResultSet row = query.executeQuery()) {
                  return row.next() ? row.getBytes(1) : new byte[0];
                }
              }
            });
    // the key is looked up after the connection is given back: a thread never holds two
    return sealed.length == 0
        ? Optional.empty()
        : keys.known(subject).map(key -> open(key, subject, sealed));
  }

  private PatientDemographics open(DataKey key, String subject, byte[] sealed) {
    try {
      return json.readValue(key.open(sealed, context(subject)), PatientDemographics.class);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.CORRUPT_STORE, "a patient cannot be read; it may come from a newer version");
    }
  }

  /** Forgets an erased subject in memory. */
  void forget(String subject) {
    read.remove(subject);
  }

  static void delete(Connection connection, String subject) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM patient_demographics WHERE subject = ?")) {
      delete.setString(1, subject);
      delete.executeUpdate();
    }
  }

  private static byte[] context(String subject) {
    return ("patient/" + subject).getBytes(StandardCharsets.UTF_8);
  }
}
