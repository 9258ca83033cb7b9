package io.precordia.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code precordia embed}. */
@Command(
    name = "embed",
    description =
        "Prints the vectors of files or texts, with modality, model id and digest. Nothing is kept.",
    footer = {
      "",
      "Without --url and --data the model is loaded by this command. Exit status 1 when an item has no vector."
    })
final class EmbedCommand implements Callable<Integer> {
  private static final int SHOWN = 6;
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final TargetOptions target = new TargetOptions();

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "X-rays, ECGs, reports.")
  private final List<Path> files = new ArrayList<>();

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "A text to embed; may be given more than once.")
  private final List<String> texts = new ArrayList<>();

  EmbedCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (files.isEmpty() && texts.isEmpty()) {
      throw new PrecordiaException(ErrorCode.INVALID_REQUEST, "a FILE or --text is needed");
    }
    JsonNode answer;
    try (Service service = target.openForModel()) {
      answer = service.embed(LocalFiles.read(files), texts);
    }
    if (output.json()) {
      console.json(answer);
    } else {
      answer.path("items").forEach(this::print);
      console
          .out()
          .println(
              "model "
                  + answer.path("model").path("id").asText()
                  + " "
                  + answer.path("model").path("sha256").asText());
    }
    for (JsonNode item : answer.path("items")) {
      if (item.hasNonNull("error")) {
        return 1;
      }
    }
    return 0;
  }

  private void print(JsonNode item) {
    String name =
        item.hasNonNull("name") ? item.path("name").asText() : "text " + item.path("index").asInt();
    if (item.hasNonNull("error")) {
      console
          .out()
          .println(
              name
                  + ": "
                  + item.path("error").path("code").asText()
                  + ": "
                  + item.path("error").path("message").asText());
      return;
    }
    for (JsonNode vector : item.path("vectors")) {
      StringBuilder line = new StringBuilder(name + " " + item.path("modality").asText() + " [");
      for (int d = 0; d < Math.min(SHOWN, vector.size()); d++) {
        line.append(d == 0 ? "" : ", ")
            .append(String.format(java.util.Locale.ROOT, "%.4f", vector.path(d).asDouble()));
      }
      console.out().println(line + ", ...] " + vector.size() + " values");
    }
  }
}
