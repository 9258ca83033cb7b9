package io.precordia.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of benchmarks. */
final class BenchOptions {
  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Measured rounds (default ${DEFAULT-VALUE}).")
  private int rounds = 200;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Model folder (default models/precordia-more).")
  private @Nullable Path model;

  int rounds() {
    return rounds;
  }

  @Nullable Path model() {
    return model;
  }
}
