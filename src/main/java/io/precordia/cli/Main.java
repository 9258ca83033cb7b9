package io.precordia.cli;

import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * The program. Every command but {@code serve} runs without booting the framework, so that it
 * starts in a fraction of a second.
 */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... args) {
    System.exit(new CommandRunner(System.out, System.err).run(args));
  }
}
