package io.precordia.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.ImagingOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Orders by subject, sealed under its key; erased with it, and reported under the surviving subject
 * of a merge. Thread-safe.
 */
public final class ImagingOrders {
  private final Database database;
  private final KeyRing keys;
  private final OpaqueIds ids;
  private final SubjectAliases aliases;
  private final ObjectMapper json = new ObjectMapper();

  ImagingOrders(Database database, KeyRing keys, OpaqueIds ids, SubjectAliases aliases) {
    this.database = database;
    this.keys = keys;
    this.ids = ids;
    this.aliases = aliases;
  }

  /**
   * Keeps orders of a subject durably. One with the placer number (or filler, or accession number)
   * of an earlier one takes its place.
   */
  public void put(String subject, List<ImagingOrder> orders) {
    DataKey key = keys.ofSubject(subject);
    Map<String, byte[]> sealed = new HashMap<>();
    for (ImagingOrder order : orders) {
      String number =
          !order.placer().isEmpty()
              ? "placer/" + order.placer()
              : !order.filler().isEmpty()
                  ? "filler/" + order.filler()
                  : "accession/" + order.accession();
      String id = ids.order(subject, number);
      try {
        sealed.put(id, key.seal(json.writeValueAsBytes(order), context(id, subject)));
      } catch (IOException e) {
        throw new PrecordiaException(ErrorCode.INTERNAL, "an order cannot be written");
      }
    }
    database.transaction(
        connection -> {
          for (Map.Entry<String, byte[]> order : sealed.entrySet()) {
            replace(connection, order.getKey(), subject, order.getValue());
          }
          return sealed.size();
        });
    database.sync();
  }

  private static void replace(Connection connection, String id, String subject, byte[] details)
      throws SQLException {
    try (PreparedStatement delete =
            connection.prepareStatement("DELETE FROM imaging_order WHERE id = ?");
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO imaging_order (id, subject, received, details) VALUES (?, ?, ?, ?)")) {
      delete.setString(1, id);
      delete.executeUpdate();
      insert.setString(1, id);
      insert.setString(2, subject);
      insert.setObject(3, OffsetDateTime.now(ZoneOffset.UTC));
      insert.setBytes(4, details);
      insert.executeUpdate();
    }
  }

  /** Orders of a subject and of those merged into it, oldest first. */
  public List<ImagingOrder> of(String subject) {
    List<ImagingOrder> out = new ArrayList<>();
    for (String member : aliases.members(aliases.surviving(subject))) {
      out.addAll(ofOrigin(member));
    }
    return out;
  }

  /**
   * The order that a study fulfils.
   *
   * @param identifier Study Instance UID, or an accession, placer or filler number
   */
  public Optional<ImagingOrder> ofStudy(String subject, String identifier) {
    return of(subject).stream()
        .filter(
            o ->
                !identifier.isEmpty()
                    && (identifier.equals(o.studyUid())
                        || identifier.equals(o.accession())
                        || identifier.equals(o.filler())
                        || identifier.equals(o.placer())))
        .findFirst();
  }

  private record Row(String id, byte[] details) {}

  private List<ImagingOrder> ofOrigin(String subject) {
    List<Row> rows =
        database.transaction(
            connection -> {
              try (PreparedStatement query =
                  connection.prepareStatement(
                      "SELECT id, details FROM imaging_order WHERE subject = ? ORDER BY received, id")) {
                query.setString(1, subject);
                List<Row> out = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                  while (row.next()) {
                    out.add(new Row(row.getString(1), row.getBytes(2)));
                  }
                }
                return out;
              }
            });
    Optional<DataKey> key = keys.known(subject);
    List<ImagingOrder> orders = new ArrayList<>();
    for (Row row : rows) {
      if (key.isPresent()) {
        orders.add(open(key.get(), row, subject));
      }
    }
    return orders;
  }

  private ImagingOrder open(DataKey key, Row row, String subject) {
    try {
      return json.readValue(
          key.open(row.details(), context(row.id(), subject)), ImagingOrder.class);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.CORRUPT_STORE, "an order cannot be read; it may come from a newer version");
    }
  }

  private static byte[] context(String id, String subject) {
    return ("order/" + id + "/" + subject).getBytes(StandardCharsets.UTF_8);
  }
}
