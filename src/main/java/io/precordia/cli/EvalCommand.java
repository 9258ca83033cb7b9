package io.precordia.cli;

import io.precordia.train.eval.Calibration;
import io.precordia.train.eval.EvalJob;
import io.precordia.train.eval.Figure;
import io.precordia.train.explain.ExplanationJob;
import io.precordia.train.recipe.ExplanationRecipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code precordia eval}. */
@Command(
    name = "eval",
    description = "Evaluates a model as a recipe says; prints a table of figures with intervals.")
final class EvalCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(
      paramLabel = "RECIPE.yaml",
      description = "For example recipes/eval.yaml, or of kind explanations recipes/explain.yaml.")
  private Path recipe = Path.of("");

  @Option(
      names = "--calibrate",
      description =
          "Instead, fit per-label probabilities on the recipe's split and write them into the model folder.")
  private boolean calibrate;

  EvalCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (calibrate) {
      Calibration calibration = new EvalJob(recipe).calibrate();
      if (output.json()) {
        console.json(Map.of("split", calibration.split(), "labels", calibration.labels().size()));
      } else {
        console.out().println(calibration.labels().size() + " labels calibrated");
      }
      return 0;
    }
    List<Figure> figures =
        ExplanationRecipe.is(recipe) ? new ExplanationJob(recipe).run() : new EvalJob(recipe).run();
    if (output.json()) {
      console.json(Map.of("figures", figures));
    } else {
      console.out().println("| task | n | positives | metric | value | 95 % interval | chance |");
      console.out().println("|---|---|---|---|---|---|---|");
      for (Figure f : figures) {
        console
            .out()
            .println(
                String.format(
                    Locale.ROOT,
                    "| %s | %d | %s | %s | %.3f | %.3f to %.3f | %.3f |",
                    f.task(),
                    f.records(),
                    f.positives() == 0 ? "" : String.valueOf(f.positives()),
                    f.metric(),
                    f.value().value(),
                    f.value().low(),
                    f.value().high(),
                    f.chance()));
      }
    }
    return 0;
  }
}
