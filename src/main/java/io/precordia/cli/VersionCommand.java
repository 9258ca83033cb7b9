package io.precordia.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code precordia version}. */
@Command(name = "version", description = "Prints the version of the program and of Java.")
final class VersionCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  VersionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (output.json()) {
      console.json(Map.of("version", Version.number(), "java", Runtime.version().toString()));
    } else {
      console.out().println(new Version().getVersion()[0]);
    }
    return 0;
  }
}
