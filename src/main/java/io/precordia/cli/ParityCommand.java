package io.precordia.cli;

import io.precordia.model.parity.Deviation;
import io.precordia.model.parity.Parity;
import io.precordia.model.parity.Replay;
import io.precordia.tensor.djl.DjlOps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code precordia parity}. */
@Command(
    name = "parity",
    description =
        "Replays golden folders of a reference library and prints the relative error of every output; status 1 above 1e-4 (gradients 1e-3, tokens exact).")
final class ParityCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "Golden folders.")
  private List<Path> folders = List.of();

  ParityCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Parity parity =
        new Parity(
            ServiceLoader.load(Replay.class).stream().map(ServiceLoader.Provider::get).toList());
    List<Map<String, Object>> all = new ArrayList<>();
    boolean passed = true;
    try (DjlOps ops = DjlOps.cpu()) {
      for (Path folder : folders) {
        if (java.nio.file.Files.isRegularFile(folder)) {
          continue; // a shell's * also gives the files beside the folders
        }
        for (Deviation d : parity.check(folder, ops)) {
          passed &= d.passed();
          all.add(
              Map.of(
                  "folder", String.valueOf(folder.getFileName()),
                  "output", d.output(),
                  "error", Double.isFinite(d.error()) ? d.error() : "missing",
                  "limit", d.limit(),
                  "passed", d.passed()));
          if (!output.json()) {
            console
                .out()
                .println(
                    String.format(
                        Locale.ROOT,
                        "%s %s %s %.2e",
                        d.passed() ? "ok    " : "FAILED",
                        folder.getFileName(),
                        d.output(),
                        d.error()));
          }
        }
      }
    }
    if (output.json()) {
      console.json(Map.of("passed", passed, "outputs", all));
    }
    return passed ? 0 : 1;
  }
}
