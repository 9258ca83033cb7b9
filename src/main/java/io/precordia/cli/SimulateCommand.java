package io.precordia.cli;

import io.precordia.train.sim.SimulationWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code precordia simulate}. */
@Command(
    name = "simulate",
    description =
        "Writes simulated studies: DICOM X-ray, DICOM ECG, report and truth.json each. The same seed gives the same bytes.")
final class SimulateCommand implements Callable<Integer> {
  private final Console console;
  private final ReentrantLock drawing = new ReentrantLock();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Number of studies (default ${DEFAULT-VALUE}).")
  private int count = 10;

  @Option(names = "--seed", paramLabel = "S", description = "Seed (default ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder to write into; made if missing.")
  private Path out = Path.of("");

  SimulateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (ProgressLine progress = new ProgressLine(console.err(), "simulating")) {
      new SimulationWriter().write(out, seed, count, done -> draw(progress, done));
    }
    if (output.json()) {
      console.json(Map.of("count", count, "seed", seed, "out", out.toString()));
    } else {
      console.out().println(count + " studies in " + out);
    }
    return 0;
  }

  private void draw(ProgressLine progress, int done) {
    drawing.lock();
    try {
      progress.advanced(done, done, count);
    } finally {
      drawing.unlock();
    }
  }
}
