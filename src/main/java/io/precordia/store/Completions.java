package io.precordia.store;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Modality;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows of study completion. Arrivals are counted in the transaction that keeps the instance, so
 * that a crash loses none. Thread-safe.
 */
public final class Completions {
  private static final String COLUMNS =
      "study, subject, source, arrivals, COALESCE(expected, ordered), last_arrival, state, revision, attempts, next_try,"
          + " completed, reason, ae, reports";
  private final Database database;
  private final OpaqueIds ids;

  Completions(Database database, OpaqueIds ids) {
    this.database = database;
    this.ids = ids;
  }

  /** What {@link CompletionRow#source()} is for a sender of this name. */
  public String sourceId(String name) {
    return ids.source(name);
  }

  /** What {@link CompletionRow#ae()} is for an AE title. */
  public String aeId(String title) {
    return ids.source("ae/" + title);
  }

  /** Counts a new instance and opens its study again. */
  void arrived(Connection connection, NewInstance instance) throws SQLException {
    if (instance.flags().stream().anyMatch(f -> f.code() == ErrorCode.OWN_RESULT)) {
      return;
    }
    String site = instance.identity().site();
    @Nullable String source = site == null ? null : sourceId(site);
    String title = instance.identity().source();
    @Nullable String ae = title == null ? null : aeId(title);
    int reports = instance.modality() == Modality.REPORT ? 1 : 0;
    if (count(connection, instance.study(), source, ae, reports) > 0) {
      return;
    }
    try (PreparedStatement row =
        connection.prepareStatement(
            "INSERT INTO study_completion (study, subject, source, arrivals, last_arrival, state, revision, attempts, ae, reports)"
                + " VALUES (?, ?, ?, 1, ?, 'OPEN', 0, 0, ?, ?) ON CONFLICT DO NOTHING")) {
      row.setString(1, instance.study());
      row.setString(2, instance.subject());
      row.setString(3, source);
      row.setObject(4, OffsetDateTime.now(ZoneOffset.UTC));
      row.setString(5, ae);
      row.setInt(6, reports);
      if (row.executeUpdate() == 0) { // another process was faster
        count(connection, instance.study(), source, ae, reports);
      }
    }
  }

  private static int count(
      Connection connection,
      String study,
      @Nullable String source,
      @Nullable String ae,
      int reports)
      throws SQLException {
    try (PreparedStatement row =
        connection.prepareStatement(
            "UPDATE study_completion SET arrivals = arrivals + 1, last_arrival = ?, state = 'OPEN', attempts = 0,"
                + " next_try = NULL, reason = NULL, source = COALESCE(?, source), ae = COALESCE(?, ae), reports = reports + ? WHERE study = ?")) {
      row.setObject(1, OffsetDateTime.now(ZoneOffset.UTC));
      row.setString(2, source);
      row.setString(3, ae);
      row.setInt(4, reports);
      row.setString(5, study);
      return row.executeUpdate();
    }
  }

  /** A report goes from one study into another; its arrival goes along and opens nothing again. */
  void moved(Connection connection, InstanceRecord report, String from, String to)
      throws SQLException {
    if (report.flags().stream().anyMatch(f -> f.code() == ErrorCode.OWN_RESULT)) {
      return; // never counted
    }
    int reports = report.modality() == Modality.REPORT ? 1 : 0;
    try (PreparedStatement less =
            connection.prepareStatement(
                "UPDATE study_completion SET arrivals = arrivals - 1, reports = reports - ? WHERE study = ?");
        PreparedStatement more =
            connection.prepareStatement(
                "UPDATE study_completion SET arrivals = arrivals + 1, reports = reports + ? WHERE study = ?")) {
      less.setInt(1, reports);
      less.setString(2, from);
      less.executeUpdate();
      more.setInt(1, reports);
      more.setString(2, to);
      if (more.executeUpdate() > 0) {
        return;
      }
    }
    try (PreparedStatement row =
        connection.prepareStatement(
            "INSERT INTO study_completion (study, subject, arrivals, last_arrival, state, revision, attempts, reports)"
                + " VALUES (?, ?, 1, ?, 'OPEN', 0, 0, ?)")) {
      row.setString(1, to);
      row.setString(2, report.origin());
      row.setObject(3, OffsetDateTime.now(ZoneOffset.UTC));
      row.setInt(4, reports);
      row.executeUpdate();
    }
  }

  /** One study; empty for one that is not kept or was kept by an older version. */
  public Optional<CompletionRow> find(String study) {
    return select("WHERE study = ?", study).stream().findFirst();
  }

  /**
   * Studies in a state, those whose last instance came first in front.
   *
   * @param limit most rows
   */
  public List<CompletionRow> list(CompletionState state, int limit) {
    return select("WHERE state = ? ORDER BY last_arrival, study LIMIT ?", state.name(), limit);
  }

  /** Open studies whose last instance came at this time or before and that may be tried now. */
  public List<CompletionRow> quietSince(Instant lastArrival, Instant now, int limit) {
    return select(
        "WHERE state = 'OPEN' AND last_arrival <= ? AND (next_try IS NULL OR next_try <= ?)"
            + " ORDER BY last_arrival, study LIMIT ?",
        time(lastArrival),
        time(now),
        limit);
  }

  /** Open studies that have all their expected instances and may be tried now. */
  public List<CompletionRow> counted(Instant now, int limit) {
    return select(
        "WHERE state = 'OPEN' AND COALESCE(expected, ordered) <= arrivals - reports AND (next_try IS NULL OR next_try <= ?)"
            + " ORDER BY last_arrival, study LIMIT ?",
        time(now),
        limit);
  }

  /** Notes how many instances are expected, null for unknown; false if the study is not there. */
  public boolean expect(String study, @Nullable Integer expected) {
    return update("UPDATE study_completion SET expected = ? WHERE study = ?", expected, study) > 0;
  }

  /** Notes what an object of the study says; the largest number counts, what a person said more. */
  public void announced(String study, int count) {
    update(
        "UPDATE study_completion SET expected = ? WHERE study = ? AND (expected IS NULL OR expected < ?)",
        count,
        study,
        count);
  }

  /** Notes how many instances the order of the study says; null if it does not say. */
  public void ordered(String study, @Nullable Integer count) {
    boolean known =
        select("WHERE study = ? AND ordered IS DISTINCT FROM CAST(? AS INTEGER)", study, count)
            .isEmpty();
    if (!known) {
      update("UPDATE study_completion SET ordered = ? WHERE study = ?", count, study);
    }
  }

  /** Completes a study unless an instance came since the row was read; false then. */
  public boolean complete(CompletionRow seen, Instant now) {
    return update(
            "UPDATE study_completion SET state = 'COMPLETE', revision = revision + 1, completed = ?, attempts = 0,"
                + " next_try = NULL, reason = NULL WHERE study = ? AND state = 'OPEN' AND arrivals = ?",
            time(now),
            seen.study(),
            seen.arrivals())
        > 0;
  }

  /**
   * Notes a failed attempt.
   *
   * @param nextTry null if it is to be stuck
   */
  public void failed(CompletionRow seen, ErrorCode reason, @Nullable Instant nextTry) {
    update(
        "UPDATE study_completion SET state = ?, attempts = attempts + 1, next_try = ?, reason = ?"
            + " WHERE study = ? AND state = 'OPEN' AND arrivals = ?",
        nextTry == null ? "STUCK" : "OPEN",
        nextTry == null ? null : time(nextTry),
        reason.id(),
        seen.study(),
        seen.arrivals());
  }

  /** Opens a study again, so that the work of completion is done anew; false if it is not there. */
  public boolean reopen(String study) {
    return update(
            "UPDATE study_completion SET state = 'OPEN', attempts = 0, next_try = NULL, reason = NULL WHERE study = ?",
            study)
        > 0;
  }

  /** How many studies are in each state. */
  public Map<CompletionState, Long> counts() {
    return database.transaction(
        connection -> {
          Map<CompletionState, Long> out = new EnumMap<>(CompletionState.class);
          try (PreparedStatement query =
                  connection.prepareStatement(
                      "SELECT state, COUNT(*) FROM study_completion GROUP BY state");
              ResultSet row = query.executeQuery()) {
            while (row.next()) {
              out.put(CompletionState.valueOf(row.getString(1)), row.getLong(2));
            }
          }
          return out;
        });
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private int update(String sql, @Nullable Object... values) {
    int changed =
        database.transaction(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(sql)) {
                set(statement, values);
                return statement.executeUpdate();
              }
            });
    database.sync();
    return changed;
  }

  private List<CompletionRow> select(String where, @Nullable Object... values) {
    return database.transaction(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT " + COLUMNS + " FROM study_completion " + where)) {
            set(query, values);
            List<CompletionRow> out = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                out.add(read(row));
              }
            }
            return out;
          }
        });
  }

  static void set(PreparedStatement statement, @Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private static CompletionRow read(ResultSet row) throws SQLException {
    int expected = row.getInt(5);
    @Nullable Integer known = row.wasNull() ? null : (Integer) expected;
    return new CompletionRow(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(13),
        row.getInt(4),
        row.getInt(14),
        known,
        row.getObject(6, OffsetDateTime.class).toInstant(),
        CompletionState.valueOf(row.getString(7)),
        row.getInt(8),
        row.getInt(9),
        instant(row, 10),
        instant(row, 11),
        row.getString(12));
  }

  static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /**
   * The row of a study.
   *
   * @throws PrecordiaException NOT_FOUND
   */
  public CompletionRow require(String study) {
    return find(study)
        .orElseThrow(
            () ->
                new PrecordiaException(
                    ErrorCode.NOT_FOUND, "no completion is known of this study"));
  }
}
