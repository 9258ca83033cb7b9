package io.precordia.cli;

import io.precordia.api.Explanations;
import io.precordia.api.view.ExplanationAnswer;
import io.precordia.model.explain.ExplanationMethod;
import io.precordia.weights.AtomicFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code precordia explain}. */
@Command(
    name = "explain",
    description =
        "Draws where the model looks for a text: a heat map over an X-ray, or over each lead of an ECG. Not for clinical use.",
    footer = {"", "The model is loaded by this command. The methods: docs/explanations.md."})
final class ExplainCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "FILE", description = "The file; a WFDB header brings its signal file.")
  private Path file = Path.of("");

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      required = true,
      description = "What to look for, for example \"pleural effusion\".")
  private String text = "";

  @Option(
      names = "--out",
      paramLabel = "PNG",
      required = true,
      description = "Picture to write; it shows patient data as the file does.")
  private Path out = Path.of("");

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description = "rollout, gradient or relevance (default ${DEFAULT-VALUE}).")
  private String method = ExplanationMethod.RELEVANCE.id();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Model folder (default models/precordia-more).")
  private @Nullable Path model;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ExplanationMethod asked = ExplanationMethod.of(method);
    ExplanationAnswer answer;
    try (ModelService service = ModelService.open(LocalConfig.load(null, model))) {
      Explanations explanations = service.explanations();
      Explanations.Explained explained =
          explanations.explain(service.content(LocalFiles.read(List.of(file))), text, asked);
      byte[] png = explained.png();
      AtomicFile.replace(out, channel -> channel.write(ByteBuffer.wrap(png)));
      answer = explanations.answer(explained);
    }
    if (output.json()) {
      console.json(answer);
    } else {
      console
          .out()
          .printf(
              Locale.ROOT,
              "%s: %s, score %.3f, model %s %s%n",
              out,
              answer.method(),
              answer.score(),
              answer.model().id(),
              answer.model().sha256());
    }
    return 0;
  }
}
