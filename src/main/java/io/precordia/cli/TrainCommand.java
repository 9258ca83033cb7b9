package io.precordia.cli;

import io.precordia.train.loop.TrainJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code precordia train}. */
@Command(
    name = "train",
    description =
        "Trains a model as a recipe says. Started again with the same recipe, it goes on from its last checkpoint.")
final class TrainCommand implements Callable<Integer> {
  private static final int UNLIMITED_DAYS = 365;
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "RECIPE.yaml", description = "For example recipes/precordia-more.yaml.")
  private Path recipe = Path.of("");

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Stop with a checkpoint after this time (default: train to the end).")
  private long seconds = Duration.ofDays(UNLIMITED_DAYS).toSeconds();

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    TrainJob job = new TrainJob(recipe, Duration.ofSeconds(seconds), console.err());
    boolean finished = job.run();
    if (output.json()) {
      console.json(Map.of("finished", finished, "model", job.bestModel().toString()));
    } else {
      console
          .out()
          .println(
              (finished ? "finished; best model in " : "stopped with a checkpoint; best so far in ")
                  + job.bestModel());
    }
    return 0;
  }
}
