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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which subjects are one patient. A merge moves nothing: the merged subject keeps its key, its rows
 * and its blobs, and is reported under the surviving one. So a merge is one small transaction, a
 * crash leaves it done or not done, and an unmerge knows what came from whom. Either subject may be
 * unknown here yet. Thread-safe; changes go through {@link Store}.
 */
public final class Subjects {
  private final Database database;
  private final RecordStore records;
  private final SubjectAliases aliases;
  private final OpaqueIds ids;

  Subjects(Database database, RecordStore records, SubjectAliases aliases, OpaqueIds ids) {
    this.database = database;
    this.ids = ids;
    this.records = records;
    this.aliases = aliases;
  }

  /**
   * A merge or unmerge that happened.
   *
   * @param kind merge or unmerge
   * @param source hl7 or rest
   */
  public record Event(
      String kind, String merged, String surviving, String source, Instant happened) {}

  /** The subject that one is reported under: itself, unless it was merged into another. */
  public String surviving(String subject) {
    return aliases.surviving(subject);
  }

  /** A subject with every one that was merged into it. */
  public Set<String> members(String subject) {
    return aliases.members(subject);
  }

  /** Every subject that others were merged into, with them. */
  public Map<String, MergedGroup> groups() {
    return aliases.groups();
  }

  /** Everything reported under a subject, in storing order of each of its members. */
  public List<InstanceRecord> instances(String subject) {
    List<InstanceRecord> out = new ArrayList<>();
    aliases.members(subject).forEach(member -> out.addAll(records.ofOrigin(member)));
    return out;
  }

  /** Merges and unmerges that the subject took part in, oldest first. */
  public List<Event> events(String subject) {
    return database.transaction(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT kind, merged, surviving, source, happened FROM subject_event"
                      + " WHERE merged = ? OR surviving = ? ORDER BY seq")) {
            query.setString(1, subject);
            query.setString(2, subject);
            List<Event> out = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                out.add(
                    new Event(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getObject(5, OffsetDateTime.class).toInstant()));
              }
            }
            return out;
          }
        });
  }

  boolean merge(String merged, String surviving, String source) {
    String target = aliases.surviving(surviving);
    String before = aliases.into(merged);
    if (before != null && aliases.surviving(merged).equals(target)) {
      return false;
    }
    if (before != null) {
      throw new PrecordiaException(
          ErrorCode.CONFLICT,
          "the subject was merged into another one before; undo that merge first");
    }
    if (target.equals(merged)) {
      throw new PrecordiaException(
          ErrorCode.CONFLICT,
          "the subject that shall survive is, or was merged into, the one that shall be merged; undo that merge first");
    }
    realign(merged, target, "merge", source);
    return true;
  }

  String unmerge(String merged, String source) {
    String before = aliases.into(merged);
    if (before == null) {
      throw new PrecordiaException(ErrorCode.NOT_FOUND, "the subject is not merged into another");
    }
    realign(merged, null, "unmerge", source);
    return before;
  }

  /** Writes where a subject and those merged into it belong, with the ids of their studies. */
  private void realign(String subject, @Nullable String target, String kind, String source) {
    String before = aliases.into(subject);
    Set<String> moving = aliases.members(subject);
    String reported = target == null ? subject : aliases.surviving(target);
    Map<String, String> studies = new HashMap<>();
    for (String member : moving) {
      for (InstanceRecord record : records.ofOrigin(member)) {
        String named = record.studyName();
        if (named != null && !member.equals(reported)) {
          studies.put(ids.study(member, named), ids.study(reported, named));
        }
      }
    }
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    database.transaction(
        connection -> {
          for (String member : moving) {
            SubjectAliases.forgetStudies(connection, member);
          }
          for (Map.Entry<String, String> study : studies.entrySet()) {
            SubjectAliases.putStudy(connection, study.getKey(), study.getValue());
          }
          if (target == null) {
            try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM subject_alias WHERE merged = ?")) {
              delete.setString(1, subject);
              delete.executeUpdate();
            }
          } else {
            try (PreparedStatement insert =
                connection.prepareStatement(
                    "INSERT INTO subject_alias (merged, surviving, source, since) VALUES (?, ?, ?, ?)")) {
              insert.setString(1, subject);
              insert.setString(2, target);
              insert.setString(3, source);
              insert.setObject(4, now);
              insert.executeUpdate();
            }
          }
          event(
              connection,
              kind,
              subject,
              target == null ? String.valueOf(before) : target,
              source,
              now);
          return true;
        });
    aliases.reload();
  }

  private static void event(
      Connection connection,
      String kind,
      String merged,
      String surviving,
      String source,
      OffsetDateTime now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO subject_event (kind, merged, surviving, source, happened) VALUES (?, ?, ?, ?, ?)")) {
      insert.setString(1, kind);
      insert.setString(2, merged);
      insert.setString(3, surviving);
      insert.setString(4, source);
      insert.setObject(5, now);
      insert.executeUpdate();
    }
  }
}
