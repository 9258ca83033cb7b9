package io.precordia.cli;

import io.precordia.serve.adapters.AdapterVersion;
import io.precordia.train.adapter.AdapterOutcome;
import io.precordia.train.adapter.RetrievalFigure;
import io.precordia.train.average.AverageJob;
import io.precordia.train.loop.TrainJob;
import io.precordia.train.recipe.AdapterRecipe;
import io.precordia.train.recipe.AverageRecipe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code precordia train}. */
@Command(
    name = "train",
    description =
        "Trains a model or, with a recipe of kind adapter, a site adapter on the studies of a data directory; a recipe of kind average averages trained models. A model's training started again goes on from its last checkpoint; an adapter's begins anew.")
final class TrainCommand implements Callable<Integer> {
  private static final int UNLIMITED_DAYS = 365;
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(
      paramLabel = "RECIPE.yaml",
      arity = "1..*",
      description =
          "For example recipes/precordia-more.yaml or recipes/site-adapter.yaml; several models' recipes run one after the other and share their data.")
  private List<Path> recipes = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description =
          "Stop after this time with a checkpoint, or with the adapter so far (default: train to the end).")
  private long seconds = Duration.ofDays(UNLIMITED_DAYS).toSeconds();

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Duration budget = Duration.ofSeconds(seconds);
    if (recipes.size() == 1 && AdapterRecipe.describes(recipes.getFirst())) {
      print(new AdapterTraining(recipes.getFirst(), budget, console.err()).run());
    } else if (recipes.size() == 1 && AverageRecipe.describes(recipes.getFirst())) {
      print(true, List.of(new AverageJob(recipes.getFirst()).run().toString()));
    } else {
      models(budget);
    }
    return 0;
  }

  private void models(Duration budget) throws InterruptedException {
    List<TrainJob> jobs =
        recipes.stream().map(r -> new TrainJob(r, budget, console.err())).toList();
    boolean finished = TrainJob.runAll(jobs);
    print(finished, jobs.stream().map(j -> j.bestModel().toString()).toList());
  }

  private void print(boolean finished, List<String> best) {
    if (output.json()) {
      console.json(Map.of("finished", finished, "models", best));
    } else {
      console
          .out()
          .println(
              (finished ? "finished; best model in " : "stopped with a checkpoint; best so far in ")
                  + String.join(", ", best));
    }
  }

  private void print(AdapterTraining.Result result) {
    AdapterOutcome outcome = result.outcome();
    @Nullable AdapterVersion version = result.registered();
    if (output.json()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("adapter", result.adapter().toString());
      line.put("steps", outcome.steps());
      line.put("kept_step", outcome.keptStep());
      if (outcome.loss() != null) {
        line.put("validation_loss", outcome.loss());
      }
      line.put("figures", outcome.figures());
      if (version != null) {
        line.put("registered", Map.of("name", version.name(), "sha256", version.sha256()));
      }
      console.json(line);
      return;
    }
    table(outcome);
    console
        .out()
        .println(
            "adapter of step "
                + outcome.keptStep()
                + " in "
                + result.adapter()
                + (version == null
                    ? ""
                    : "; registered as " + version.name() + ", " + version.sha256()));
    if (outcome.noBetter()) {
      console
          .out()
          .println("on the subjects set aside it is no better than the base: do not use it");
    }
  }

  private void table(AdapterOutcome outcome) {
    if (outcome.figures().isEmpty()) {
      return;
    }
    console.out().println("| pairs | search | k | base P / R | adapted P / R | served P / R |");
    console.out().println("|---|---|---|---|---|---|");
    for (RetrievalFigure f : outcome.figures()) {
      console
          .out()
          .println(
              String.format(
                  Locale.ROOT,
                  "| %d %s | %s | %d | %s | %s | %s |",
                  f.queries(),
                  f.modality(),
                  f.direction(),
                  f.k(),
                  text(f.base()),
                  text(f.adapted()),
                  text(f.served())));
    }
  }

  private static String text(RetrievalFigure.Scores scores) {
    return String.format(Locale.ROOT, "%.3f / %.3f", scores.precision(), scores.recall());
  }
}
