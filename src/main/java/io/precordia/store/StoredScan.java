package io.precordia.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Reads every embedded instance with its vectors, as a start does. Rows are read by one thread
 * while another opens those read before: unsealing is half of the work.
 */
final class StoredScan {
  private static final int CHUNK = 500;

  /** Chunks that are read ahead; each may hold some MiB. */
  private static final int AHEAD = 4;

  private final Database database;
  private final KeyRing keys;
  private final SubjectAliases aliases;
  private final InstanceCodec codec;

  StoredScan(Database database, KeyRing keys, SubjectAliases aliases, InstanceCodec codec) {
    this.database = database;
    this.keys = keys;
    this.aliases = aliases;
    this.codec = codec;
  }

  private record Chunk(List<SealedRow> rows, VectorRows vectors) {}

  /** In storing order, on the caller's thread. */
  void run(String model, Consumer<Embedded> action) {
    ArrayDeque<CompletableFuture<List<Embedded>>> opening = new ArrayDeque<>();
    long after = 0;
    while (true) {
      Chunk chunk = read(model, after);
      if (chunk.rows().isEmpty()) {
        break;
      }
      after = chunk.rows().getLast().sequence();
      opening.add(CompletableFuture.supplyAsync(() -> open(chunk)));
      while (opening.size() > AHEAD || (!opening.isEmpty() && opening.getFirst().isDone())) {
        opened(opening.removeFirst()).forEach(action);
      }
    }
    while (!opening.isEmpty()) {
      opened(opening.removeFirst()).forEach(action);
    }
  }

  private Chunk read(String model, long after) {
    Chunk chunk =
        database.transaction(
            connection -> {
              List<SealedRow> rows = rows(connection, after);
              return new Chunk(rows, vectors(connection, model, rows));
            });
    Set<String> subjects = new LinkedHashSet<>();
    chunk.rows().forEach(row -> subjects.add(row.subject()));
    keys.load(subjects);
    return chunk;
  }

  // Ordered by the whole index on (status, seq): by seq alone, H2 would sort the table each time.
  private static List<SealedRow> rows(Connection connection, long after) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT "
                + SealedRow.COLUMNS
                + " FROM instance WHERE status = 'STORED' AND seq > ? ORDER BY status, seq LIMIT ?")) {
      query.setLong(1, after);
      query.setInt(2, CHUNK);
      List<SealedRow> out = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          out.add(SealedRow.read(row));
        }
      }
      return out;
    }
  }

  // By the instances' ids: a join would leave it to the planner whether each chunk reads the table.
  private static VectorRows vectors(Connection connection, String model, List<SealedRow> rows)
      throws SQLException {
    VectorRows out = new VectorRows(model);
    if (rows.isEmpty()) {
      return out;
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT instance, first_window, vectors FROM embedding WHERE instance IN ("
                + Database.places(rows.size())
                + ") AND model = ? ORDER BY instance, first_window")) {
      for (int i = 0; i < rows.size(); i++) {
        query.setString(i + 1, rows.get(i).id());
      }
      query.setString(rows.size() + 1, model);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          out.add(row.getString(1), row.getInt(2), row.getBytes(3));
        }
      }
      return out;
    }
  }

  private List<Embedded> open(Chunk chunk) {
    List<Embedded> out = new ArrayList<>();
    for (SealedRow row : chunk.rows()) {
      row.open(keys, codec, aliases)
          .ifPresent(r -> out.add(new Embedded(r, chunk.vectors().of(r, keys, codec))));
    }
    return out;
  }

  private static List<Embedded> opened(CompletableFuture<List<Embedded>> opening) {
    try {
      return opening.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : e;
    }
  }
}
