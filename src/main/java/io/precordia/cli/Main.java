package io.precordia.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The program. Every command but {@code serve} runs without booting the framework, so that it
 * starts in a fraction of a second.
 */
@QuarkusMain
public final class Main {
  /**
   * Its lines below errors name the data directory and tell nothing new at each start. Held, since
   * loggers are held weakly.
   */
  private static final Logger MIGRATIONS = Logger.getLogger("org.flywaydb");

  private Main() {}

  public static void main(String... args) {
    MIGRATIONS.setLevel(Level.SEVERE);
    System.exit(new CommandRunner(System.out, System.err).run(args));
  }
}
