package io.precordia.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code precordia classify}. */
@Command(
    name = "classify",
    description =
        "Zero-shot probabilities of labels for one X-ray, ECG or report. Not for clinical use.",
    footer = {"", "Without --url and --data the model is loaded by this command."})
final class ClassifyCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final TargetOptions target = new TargetOptions();

  @Parameters(paramLabel = "FILE", description = "The file; a WFDB header brings its signal file.")
  private Path file = Path.of("");

  @Option(
      names = "--labels",
      paramLabel = "A,B",
      split = ",",
      description = "Labels to choose among, at least two (default: those of --prompts).")
  private final List<String> labels = new ArrayList<>();

  @Option(
      names = "--prompts",
      paramLabel = "FILE.json",
      description = "JSON object: label to list of sentences; others get standard ones.")
  private @Nullable Path prompts;

  ClassifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Map<String, List<String>> sentences = prompts == null ? Map.of() : prompts(prompts);
    List<String> asked =
        labels.isEmpty()
            ? List.copyOf(sentences.keySet())
            : labels.stream().map(String::strip).toList();
    List<Part> parts = LocalFiles.read(List.of(file));
    JsonNode answer;
    try (Service service = target.openForModel()) {
      answer = service.classify(parts, asked, sentences);
    }
    if (output.json()) {
      console.json(answer);
    } else {
      for (JsonNode label : answer.path("labels")) {
        console
            .out()
            .printf(
                java.util.Locale.ROOT,
                "%.3f  %s%s%n",
                label.path("probability").asDouble(),
                label.path("label").asText(),
                remark(label));
      }
    }
    return 0;
  }

  /** What the calibration says of a label. */
  private static String remark(JsonNode label) {
    if (label.path("untrained").asBoolean()) {
      return "  (" + label.path("message").asText() + ")";
    }
    if (!label.hasNonNull("presence")) {
      return "";
    }
    String presence =
        String.format(java.util.Locale.ROOT, "  presence %.3f", label.path("presence").asDouble());
    return label.hasNonNull("decision")
        ? presence
            + ": "
            + label.path("decision").asText()
            + String.format(
                java.util.Locale.ROOT,
                " (%.0f %% coverage)",
                100 * label.path("coverage").asDouble())
        : presence;
  }

  private static Map<String, List<String>> prompts(Path path) {
    try {
      return Json.MAPPER.readValue(
          LocalFiles.read(path).bytes(), new TypeReference<Map<String, List<String>>>() {});
    } catch (JsonProcessingException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "--prompts must be a JSON object of lists of sentences", e);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "the file given by --prompts cannot be read", e);
    }
  }
}
