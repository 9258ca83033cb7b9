package io.precordia.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code precordia results show}. */
@Command(
    name = "show",
    description =
        "Whether a study is complete, what was found in each film and ECG, and what was sent of it.")
final class ShowResultsCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ServiceUrl service = new ServiceUrl();

  @Parameters(paramLabel = "STUDY", description = "Id of the study, as the service shows it.")
  private String study = "";

  ShowResultsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ObjectNode all;
    try (HttpDoor door = service.open()) {
      all = results(door);
    }
    if (output.json()) {
      console.json(all);
    } else {
      print(all);
    }
    return 0;
  }

  private ObjectNode results(HttpDoor door) {
    ObjectNode all = Json.MAPPER.createObjectNode();
    JsonNode known = door.get("/v1/studies/" + HttpDoor.encoded(study));
    all.put("study", known.path("study").asText());
    all.set("completion", completion(door));
    ArrayNode instances = all.putArray("instances");
    for (JsonNode instance : known.path("instances")) {
      ObjectNode one = instances.addObject();
      String id = instance.path("instance").asText();
      one.put("instance", id);
      one.set("modality", instance.path("modality"));
      try {
        JsonNode said = door.get("/v1/instances/" + HttpDoor.encoded(id) + "/results");
        one.set("findings", said.path("findings"));
        one.set("kinds", said.path("kinds"));
      } catch (PrecordiaException e) {
        one.put("none", e.code().id()); // a report, or a file that no result is made of
      }
    }
    ArrayNode deliveries = all.putArray("deliveries");
    new RemoteDeliveries(door).ofStudy(study).forEach(deliveries::add);
    return all;
  }

  private JsonNode completion(HttpDoor door) {
    try {
      return door.get("/v1/studies/" + HttpDoor.encoded(study) + "/completion");
    } catch (PrecordiaException e) {
      if (e.code() == ErrorCode.NOT_FOUND) {
        return Json.MAPPER.nullNode();
      }
      throw e;
    }
  }

  private void print(JsonNode all) {
    JsonNode completion = all.path("completion");
    console
        .out()
        .printf(
            "study\t%s\t%s\t%d arrivals%n",
            all.path("study").asText(),
            completion.path("state").asText("unknown"),
            completion.path("arrivals").asInt());
    for (JsonNode instance : all.path("instances")) {
      console
          .out()
          .println(
              String.join(
                      "\t",
                      "instance",
                      instance.path("instance").asText(),
                      instance.path("modality").asText(""),
                      instance.path("none").asText(""))
                  .strip());
      for (JsonNode finding : instance.path("findings")) {
        console
            .out()
            .println(
                String.format(
                    Locale.ROOT,
                    "finding\t%s\t%.3f\t%s",
                    finding.path("finding").asText(),
                    finding.path("probability").asDouble(),
                    finding.path("verdict").asText()));
      }
    }
    for (JsonNode delivery : all.path("deliveries")) {
      console.out().println("delivery\t" + RemoteDeliveries.line(delivery));
    }
  }
}
