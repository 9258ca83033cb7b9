package io.precordia.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code precordia fetch}. */
@Command(
    name = "fetch",
    description = "Fetches a study from a configured archive into a running service.",
    footer = {
      "",
      "Archives are configured with the service (docs/configuration.md, peers). Exit status 1 when an object was refused."
    })
final class FetchCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ServiceUrl service = new ServiceUrl();

  @Option(names = "--from", paramLabel = "NAME", required = true, description = "The archive.")
  private String from = "";

  @Option(
      names = "--study",
      paramLabel = "UID",
      required = true,
      description = "Study Instance UID.")
  private String study = "";

  FetchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    JsonNode answer;
    try (HttpDoor door = service.open()) {
      answer = door.post("/v1/fetches", Map.of("from", from, "study", study));
    }
    if (output.json()) {
      console.json(answer);
    } else {
      console
          .out()
          .printf(
              "%d objects: %d received, %d known, %d refused%n",
              answer.path("objects").asInt(),
              answer.path("received").asInt(),
              answer.path("known").asInt(),
              answer.path("refused").asInt());
    }
    return answer.path("refused").asInt() == 0 ? 0 : 1;
  }
}
