package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of other makers that talk to us in tests. */
final class Peers {
  private Peers() {}

  /** What a program said and how it ended. */
  record Run(int exit, String output) {}

  /** Skips the test where the program is not installed. */
  static void need(String program, String debianPackage) {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(dir -> Files.isExecutable(Path.of(dir, program))),
        program + " is not installed (Debian package " + debianPackage + ")");
  }

  static Run run(String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("peer", ".log");
    try {
      Process process =
          builder(Map.of(), List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command[0] + " did not end");
      }
      return new Run(process.exitValue(), Files.readString(out, StandardCharsets.ISO_8859_1));
    } finally {
      Files.deleteIfExists(out);
    }
  }

  static Run succeed(String... command) throws IOException, InterruptedException {
    Run run = run(command);
    assertTrue(run.exit() == 0, () -> command[0] + " failed: " + run.output());
    return run;
  }

  static ProcessBuilder builder(Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
    builder.environment().putAll(environment);
    return builder;
  }
}
