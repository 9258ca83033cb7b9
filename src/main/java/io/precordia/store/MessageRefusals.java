package io.precordia.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * HL7 messages that were not accepted, so that a person can find them: what they were and why,
 * never their content. The newest 10,000 are kept. Thread-safe.
 */
public final class MessageRefusals {
  private static final int MOST = 10_000;
  private static final int LONGEST_REASON = 400;
  private static final int LONGEST_NAME = 200;
  private final Database database;
  private final DataKey key;
  private final ObjectMapper json = new ObjectMapper();

  MessageRefusals(Database database, DataKey key) {
    this.database = database;
    this.key = key;
  }

  /**
   * One message that was refused.
   *
   * @param kind message type and trigger event, for example BAR^P01, or unknown
   * @param acknowledgement AE, AR, CE or CR
   * @param condition code of HL7 table 0357
   * @param sender who sent it and its control id
   */
  public record Refused(
      long sequence,
      Instant happened,
      String kind,
      String acknowledgement,
      String condition,
      String reason,
      Sender sender) {}

  /** Sender of a message and the message's control id, sealed at rest. */
  public record Sender(String application, String facility, String controlId) {}

  /** Notes one. */
  public void add(
      String kind,
      String acknowledgement,
      String condition,
      String reason,
      String application,
      String facility,
      String controlId) {
    byte[] sealed;
    try {
      sealed =
          key.seal(
              json.writeValueAsBytes(new Sender(cut(application), cut(facility), cut(controlId))),
              context());
    } catch (IOException e) {
      throw new PrecordiaException(ErrorCode.INTERNAL, "a refusal cannot be written");
    }
    database.transaction(
        connection -> {
          try (PreparedStatement insert =
                  connection.prepareStatement(
                      "INSERT INTO hl7_refusal (happened, kind, acknowledgement, condition_code, reason, details)"
                          + " VALUES (?, ?, ?, ?, ?, ?)");
              PreparedStatement oldest =
                  connection.prepareStatement(
                      "DELETE FROM hl7_refusal WHERE seq <= (SELECT MAX(seq) FROM hl7_refusal) - "
                          + MOST)) {
            insert.setObject(1, OffsetDateTime.now(ZoneOffset.UTC));
            insert.setString(2, kind);
            insert.setString(3, acknowledgement);
            insert.setString(4, condition);
            insert.setString(
                5, reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason);
            insert.setBytes(6, sealed);
            insert.executeUpdate();
            return oldest.executeUpdate();
          }
        });
  }

  /** The newest ones, newest first. */
  public List<Refused> newest(int limit) {
    return database.transaction(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT seq, happened, kind, acknowledgement, condition_code, reason, details"
                      + " FROM hl7_refusal ORDER BY seq DESC LIMIT ?")) {
            query.setInt(1, Math.clamp(limit, 1, 1000));
            List<Refused> out = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                out.add(
                    new Refused(
                        row.getLong(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        open(row.getBytes(7))));
              }
            }
            return out;
          }
        });
  }

  private Sender open(byte[] sealed) {
    try {
      return json.readValue(key.open(sealed, context()), Sender.class);
    } catch (IOException e) {
      throw new PrecordiaException(ErrorCode.CORRUPT_STORE, "a refusal cannot be read");
    }
  }

  private static String cut(String text) {
    return text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) : text;
  }

  private static byte[] context() {
    return "hl7-refusal".getBytes(StandardCharsets.UTF_8);
  }
}
