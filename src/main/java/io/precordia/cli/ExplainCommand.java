package io.precordia.cli;

import io.precordia.api.Explanations;
import io.precordia.api.view.ExplanationAnswer;
import io.precordia.api.view.SharesAnswer;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
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
        "Draws where the model looks for a text: a heat map over an X-ray, or over each lead of an ECG. With --shares: how much each of several files says for it. Not for clinical use.",
    footer = {"", "The model is loaded by this command. The methods: docs/explanations.md."})
final class ExplainCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "The file, with --shares several; a WFDB header brings its signal file.")
  private List<Path> files = List.of();

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      required = true,
      description = "What to look for, for example \"pleural effusion\".")
  private String text = "";

  @Option(
      names = "--out",
      paramLabel = "PNG",
      description = "Picture to write; it shows patient data as the file does.")
  private @Nullable Path out;

  @Option(
      names = "--shares",
      description =
          "Instead of a picture, the share of X-ray, ECG and report in the score of all files together.")
  private boolean shares;

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description = "rollout, gradient, salient or relevance (default ${DEFAULT-VALUE}).")
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
    if (shares == (out != null)) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "explain needs --out for a picture or --shares, one of them");
    }
    return shares || out == null ? parts() : picture(out);
  }

  private int parts() {
    SharesAnswer answer;
    try (ModelService service = ModelService.open(LocalConfig.load(null, model))) {
      answer = service.shares(LocalFiles.read(files), text);
    }
    if (output.json()) {
      console.json(answer);
      return 0;
    }
    console.out().printf(Locale.ROOT, "score %.3f%n", answer.score());
    for (SharesAnswer.Part p : answer.modalities()) {
      console
          .out()
          .printf(
              Locale.ROOT,
              "%-6s  %d  alone %.3f, contribution %.3f, share %.0f %%%n",
              p.modality(),
              p.instances(),
              p.alone(),
              p.contribution(),
              100 * p.share());
    }
    return 0;
  }

  private int picture(Path png) {
    ExplanationMethod asked = ExplanationMethod.of(method);
    ExplanationAnswer answer;
    try (ModelService service = ModelService.open(LocalConfig.load(null, model))) {
      Explanations explanations = service.explanations();
      Explanations.Explained explained =
          explanations.explain(service.content(LocalFiles.read(files)), text, asked);
      byte[] bytes = explained.png();
      AtomicFile.replace(png, channel -> channel.write(ByteBuffer.wrap(bytes)));
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
              png,
              answer.method(),
              answer.score(),
              answer.model().id(),
              answer.model().sha256());
    }
    return 0;
  }
}
