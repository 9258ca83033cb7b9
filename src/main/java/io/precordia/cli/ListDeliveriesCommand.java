package io.precordia.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code precordia results list}. */
@Command(
    name = "list",
    description =
        "Deliveries in the order they were made: id, state, destination, kind, attempts, reason.")
final class ListDeliveriesCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ServiceUrl service = new ServiceUrl();

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only these: waiting, sent, dead or discarded.")
  private @Nullable String state;

  @Option(names = "--destination", paramLabel = "NAME", description = "Only to this one.")
  private @Nullable String destination;

  ListDeliveriesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<JsonNode> deliveries;
    try (HttpDoor door = service.open()) {
      deliveries = new RemoteDeliveries(door).list(state, destination);
    }
    if (output.json()) {
      console.json(Map.of("deliveries", deliveries));
    } else {
      deliveries.forEach(d -> console.out().println(RemoteDeliveries.line(d)));
    }
    return 0;
  }
}
