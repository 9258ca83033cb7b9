package io.precordia.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.precordia.ingest.Part;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code precordia search}. */
@Command(
    name = "search",
    description = "Finds what is similar to words, to a file, or to a kept instance.")
final class SearchCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final TargetOptions target = new TargetOptions();

  @ArgGroup(multiplicity = "1")
  private Question question = new Question();

  /** Exactly one of these. */
  private static final class Question {
    @Option(
        names = "--text",
        paramLabel = "TEXT",
        description = "Words, for example \"left pleural effusion\".")
    private @Nullable String text;

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "An X-ray, ECG or report (a WFDB header brings its signal file).")
    private @Nullable Path file;

    @Option(names = "--instance", paramLabel = "ID", description = "A kept instance.")
    private @Nullable String instance;
  }

  @Option(
      names = "--modality",
      paramLabel = "KIND",
      description = "xray, ecg, report or any (default any).")
  private @Nullable String modality;

  @Option(names = "--k", paramLabel = "N", description = "Number of hits (default 10).")
  private @Nullable Integer k;

  @Option(
      names = "--filter",
      paramLabel = "EXPR",
      description = "Conditions on hits, see docs/api.md.")
  private @Nullable String filter;

  @Option(
      names = "--words",
      paramLabel = "W",
      description = "Weight of report words in a text search, 0 to 1 (default 0).")
  private @Nullable Double words;

  @Option(
      names = "--group",
      paramLabel = "BY",
      description = "What a hit stands for: instance, study or subject (default instance).")
  private @Nullable String group;

  SearchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Part> file = question.file == null ? List.of() : LocalFiles.read(List.of(question.file));
    JsonNode answer;
    try (Service service = target.open()) {
      answer =
          service.search(
              new SearchInputs(
                  question.text, file, question.instance, modality, filter, k, words, group));
    }
    if (output.json()) {
      console.json(answer);
      return 0;
    }
    for (JsonNode hit : answer.path("hits")) {
      console
          .out()
          .printf(
              java.util.Locale.ROOT,
              "%3d  %.4f  %-6s  %s  study %s%n",
              hit.path("rank").asInt(),
              hit.path("score").asDouble(),
              hit.path("modality").asText(),
              hit.path("instance").asText(),
              hit.path("study").asText());
    }
    if (answer.path("hits").isEmpty()) {
      console.err().println("no hits");
    }
    return 0;
  }
}
