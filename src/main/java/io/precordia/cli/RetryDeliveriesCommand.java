package io.precordia.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code precordia results retry}. */
@Command(
    name = "retry",
    description = "Tries deliveries that wait or are dead again at once.",
    footer = {
      "",
      "With --study also the work of a study whose completion is stuck is done again. Nothing that was sent is sent twice."
    })
final class RetryDeliveriesCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ServiceUrl service = new ServiceUrl();

  @Parameters(paramLabel = "ID", arity = "0..*", description = "Deliveries, by id.")
  private List<String> ids = List.of();

  @Option(names = "--study", paramLabel = "STUDY", description = "All of this study.")
  private @Nullable String study;

  @Option(names = "--dead", description = "All that are dead.")
  private boolean dead;

  @Option(names = "--destination", paramLabel = "NAME", description = "With --dead: only to this.")
  private @Nullable String destination;

  RetryDeliveriesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (ids.isEmpty() && study == null && !dead) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "name deliveries by id, or give --study or --dead");
    }
    List<JsonNode> retried = new ArrayList<>();
    boolean reopened = false;
    try (HttpDoor door = service.open()) {
      RemoteDeliveries deliveries = new RemoteDeliveries(door);
      List<String> chosen = new ArrayList<>(ids);
      String one = study;
      if (one != null) {
        deliveries.ofStudy(one).stream()
            .filter(RemoteDeliveries::open)
            .forEach(d -> chosen.add(d.path("id").asText()));
        reopened = reopen(door, one);
      }
      if (dead) {
        deliveries.list("dead", destination).forEach(d -> chosen.add(d.path("id").asText()));
      }
      chosen.stream().distinct().forEach(id -> retried.add(deliveries.retry(id)));
    }
    if (output.json()) {
      console.json(Map.of("retried", retried, "reopened", reopened));
    } else {
      retried.forEach(d -> console.out().println(RemoteDeliveries.line(d)));
    }
    return 0;
  }

  private static boolean reopen(HttpDoor door, String study) {
    String path = "/v1/studies/" + HttpDoor.encoded(study) + "/completion";
    if (!door.get(path).path("state").asText().equals("stuck")) {
      return false;
    }
    JsonNode unused = door.post(path + "/retry", Map.of());
    return true;
  }
}
