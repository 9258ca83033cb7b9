package io.precordia.cli;

import picocli.CommandLine.Option;

/** Options that every command has. */
final class OutputOptions {
  @Option(names = "--json", description = "Print exactly one JSON object on standard output.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  boolean json() {
    return json;
  }
}
