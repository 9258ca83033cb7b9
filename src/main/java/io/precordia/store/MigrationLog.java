package io.precordia.store;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/**
 * Flyway's log: only errors, since its other lines name the data directory and tell nothing new at
 * each start. Made by Flyway, by its name.
 */
public final class MigrationLog implements LogCreator {
  @Override
  public Log createLogger(Class<?> source) {
    return new Quiet(System.getLogger(source.getName()));
  }

  private record Quiet(System.Logger logger) implements Log {
    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {}

    @Override
    public void warn(String message) {}

    @Override
    public void error(String message) {
      logger.log(System.Logger.Level.ERROR, message);
    }

    @Override
    public void error(String message, Exception e) {
      logger.log(System.Logger.Level.ERROR, message);
    }

    @Override
    public void notice(String message) {}
  }
}
