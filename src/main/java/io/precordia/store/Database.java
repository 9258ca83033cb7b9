package io.precordia.store;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pooled relational database of a store, migrated when opened: H2 in a file, or PostgreSQL by
 * its JDBC address. Thread-safe.
 */
public final class Database implements AutoCloseable {
  private static final int CONNECTIONS = 8;
  private final AgroalDataSource pool;
  private final boolean embedded;
  private volatile boolean compactOnClose;

  private Database(AgroalDataSource pool, boolean embedded) {
    this.pool = pool;
    this.embedded = embedded;
  }

  /** Work in one transaction; it commits when the work returns and rolls back when it throws. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {
    T with(Connection connection) throws SQLException;
  }

  /** Opens, or makes, the H2 database file {@code file} (without its suffix). */
  public static Database embedded(Path file) {
    String path = file.toAbsolutePath().toString();
    if (path.indexOf(';') >= 0) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION, "the data directory's path must not hold a semicolon");
    }
    // Trace files would repeat values of failed statements, so there are none. Each connection
    // keeps
    // the plans of all statements in use, not only of the last eight.
    String url =
        "jdbc:h2:file:"
            + path
            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0;QUERY_CACHE_SIZE=64";
    return open(url, "precordia", "", true);
  }

  /** Connects to a database server. */
  public static Database server(String jdbcUrl, String user, String password) {
    return open(jdbcUrl, user, password, false);
  }

  private static Database open(String url, String user, String password, boolean embedded) {
    try {
      AgroalDataSource pool =
          AgroalDataSource.from(
              new AgroalDataSourceConfigurationSupplier()
                  .connectionPoolConfiguration(
                      p ->
                          p.initialSize(1)
                              .maxSize(CONNECTIONS)
                              .acquisitionTimeout(Duration.ofSeconds(30))
                              .connectionFactoryConfiguration(
                                  f ->
                                      f.jdbcUrl(url)
                                          .connectionProviderClass(driver(embedded))
                                          .autoCommit(true)
                                          .principal(new NamePrincipal(user))
                                          .credential(new SimplePassword(password)))));
      try {
        Migrations.run(pool);
      } catch (RuntimeException e) {
        pool.close();
        throw e;
      }
      return new Database(pool, embedded);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /**
   * Named outright: whether DriverManager knows a driver depends on the class loader that asked it
   * first.
   */
  private static Class<?> driver(boolean embedded) {
    try {
      return embedded ? org.h2.Driver.class : Class.forName("org.postgresql.Driver");
    } catch (ClassNotFoundException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "the PostgreSQL driver is not on the class path; add it",
          e);
    }
  }

  /** Runs work in one transaction. */
  public <T extends @Nullable Object> T transaction(Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.with(connection);
        connection.commit();
        return result;
      } catch (Throwable t) {
        connection.rollback();
        throw t;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Runs one query; cheaper than a transaction. */
  public <T extends @Nullable Object> T query(Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      return work.with(connection);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** The first column of what a query finds. */
  List<String> strings(String sql, Object... values) {
    return query(connection -> strings(connection, sql, values));
  }

  /** The same within the caller's transaction. */
  static List<String> strings(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        query.setObject(i + 1, values[i]);
      }
      List<String> out = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          out.add(row.getString(1));
        }
      }
      return out;
    }
  }

  /** The places of a list of values in a statement, to stand in brackets. */
  static String places(int values) {
    return String.join(", ", Collections.nCopies(values, "?"));
  }

  /**
   * When this returns, everything committed before survives a crash. A server does that at each
   * commit by itself.
   */
  public void sync() {
    if (embedded) {
      execute("CHECKPOINT SYNC");
    }
  }

  /**
   * Rewrites the embedded file when it is closed, so that nothing deleted is left in unused pages.
   */
  void compactOnClose() {
    compactOnClose = true;
  }

  private void execute(String sql) {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public void close() {
    if (embedded) {
      try {
        execute(compactOnClose ? "SHUTDOWN COMPACT" : "SHUTDOWN");
      } catch (PrecordiaException e) {
        // The shutdown ends its own connection; the pool notices that as an error.
      }
    }
    pool.close();
  }

  // The driver's message may repeat values of the statement: only its state goes out.
  private static PrecordiaException failure(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (state.equals("90020")) {
      return new PrecordiaException(
          ErrorCode.CONFLICT,
          "the data directory's database is in use by another process; stop it, or talk to it with --url");
    }
    boolean full =
        state.startsWith("53") || String.valueOf(e.getMessage()).contains("No space left");
    return full
        ? new PrecordiaException(
            ErrorCode.STORAGE_FULL, "the record database cannot grow: free some disk space")
        : new PrecordiaException(
            ErrorCode.INTERNAL, "the record database failed (SQL state " + state + ")");
  }
}
