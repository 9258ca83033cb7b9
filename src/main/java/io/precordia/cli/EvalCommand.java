package io.precordia.cli;

import io.precordia.model.Encoder;
import io.precordia.serve.ModelFolder;
import io.precordia.train.baseline.BaselineJob;
import io.precordia.train.baseline.BaselineScores;
import io.precordia.train.eval.Calibration;
import io.precordia.train.eval.Figure;
import io.precordia.train.explain.ExplanationJob;
import io.precordia.train.figures.FigureTable;
import io.precordia.train.folder.FolderJob;
import io.precordia.train.folder.FolderOutcome;
import io.precordia.train.realism.RealismJob;
import io.precordia.train.recipe.BaselineRecipe;
import io.precordia.train.recipe.ExplanationRecipe;
import io.precordia.train.recipe.FolderRecipe;
import io.precordia.train.recipe.RealismRecipe;
import io.precordia.train.suite.EvaluationJob;
import java.nio.file.Path;
import java.util.List;
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
      description =
          "For example recipes/eval.yaml, recipes/folder.yaml for your own files, or of kind"
              + " explanations recipes/explain.yaml, of kind realism recipes/realism.yaml.")
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
    if (!calibrate && FolderRecipe.describes(recipe)) {
      folder();
      return 0;
    }
    if (!calibrate && BaselineRecipe.describes(recipe)) {
      BaselineScores scores =
          new BaselineJob(recipe, part -> console.err().println("baselines: " + part)).run();
      if (output.json()) {
        console.json(Map.of("entries", scores.entries().size()));
      } else {
        scores
            .entries()
            .forEach(e -> console.out().println(e.task() + ", " + e.method() + ": " + e.note()));
      }
      return 0;
    }
    if (!calibrate && ExplanationRecipe.is(recipe)) {
      print(
          new ExplanationJob(recipe, part -> console.err().println("explanations: " + part)).run());
      return 0;
    }
    if (!calibrate && RealismRecipe.is(recipe)) {
      print(new RealismJob(recipe).run());
      return 0;
    }
    EvaluationJob job = new EvaluationJob(recipe, part -> console.err().println("eval: " + part));
    if (calibrate) {
      Calibration calibration = job.calibrate();
      if (output.json()) {
        console.json(
            Map.of(
                "split",
                calibration.split(),
                "labels",
                calibration.labels().size(),
                "denial_weight",
                calibration.denialWeight()));
      } else {
        console
            .out()
            .println(
                calibration.labels().size()
                    + " labels calibrated, denials count "
                    + calibration.denialWeight());
      }
      return 0;
    }
    print(job.run().figures());
    return 0;
  }

  private void folder() {
    FolderRecipe own = FolderRecipe.read(recipe);
    Path parent = recipe.toAbsolutePath().getParent();
    Path base = parent == null ? Path.of("") : parent;
    FolderOutcome outcome;
    Path folder = base.resolve(own.model()).normalize();
    try (Encoder encoder = ModelFolder.open(folder)) {
      outcome =
          new FolderJob(
                  own,
                  base,
                  new ServiceEvidence(encoder, Calibration.read(folder)),
                  done -> console.err().println("eval: " + done + " files"))
              .run();
    }
    if (output.json()) {
      console.json(outcome);
    } else {
      console
          .out()
          .println(outcome.embedded() + " of " + outcome.rows() + " files could be embedded");
      outcome.failed().forEach((code, n) -> console.out().println("  " + n + " × " + code));
      console.out().print(FigureTable.of(outcome.figures()));
    }
  }

  private void print(List<Figure> figures) {
    if (output.json()) {
      console.json(Map.of("figures", figures));
    } else {
      console.out().print(FigureTable.of(figures));
    }
  }
}
