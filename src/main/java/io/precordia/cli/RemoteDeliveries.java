package io.precordia.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deliveries of a running service. For one thread. */
final class RemoteDeliveries {
  private static final int PAGE = 1000;
  private final HttpDoor door;

  RemoteDeliveries(HttpDoor door) {
    this.door = door;
  }

  /**
   * Deliveries in the order they were made.
   *
   * @param state only these, null for all
   * @param destination only to this one, null for all
   */
  List<JsonNode> list(@Nullable String state, @Nullable String destination) {
    List<JsonNode> out = new ArrayList<>();
    String after = "0";
    while (!after.isEmpty()) {
      StringBuilder path =
          new StringBuilder("/v1/deliveries?limit=").append(PAGE).append("&after=").append(after);
      if (state != null) {
        path.append("&state=").append(HttpDoor.encoded(state));
      }
      if (destination != null) {
        path.append("&destination=").append(HttpDoor.encoded(destination));
      }
      JsonNode page = door.get(path.toString());
      page.path("deliveries").forEach(out::add);
      after = page.path("next").asText("");
    }
    return out;
  }

  /** Those of one study. */
  List<JsonNode> ofStudy(String study) {
    List<JsonNode> out = new ArrayList<>();
    door.get("/v1/studies/" + HttpDoor.encoded(study) + "/deliveries")
        .path("deliveries")
        .forEach(out::add);
    return out;
  }

  /** Tries one again at once. */
  JsonNode retry(String id) {
    return door.post("/v1/deliveries/" + HttpDoor.encoded(id) + "/retry", Map.of());
  }

  /** Whether it can be tried again. */
  static boolean open(JsonNode delivery) {
    String state = delivery.path("state").asText();
    return state.equals("waiting") || state.equals("dead");
  }

  /** One line: id, state, destination, kind, attempts, reason. */
  static String line(JsonNode delivery) {
    return String.join(
            "\t",
            delivery.path("id").asText(),
            delivery.path("state").asText(),
            delivery.path("destination").asText(),
            delivery.path("kind").asText(),
            delivery.path("attempts").asText(),
            delivery.path("reason").asText(""))
        .strip();
  }
}
