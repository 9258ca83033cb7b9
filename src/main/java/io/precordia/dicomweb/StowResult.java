package io.precordia.dicomweb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What an archive answered to STOW-RS (PS3.18 Annex I).
 *
 * @param status HTTP status
 * @param stored SOP Instance UIDs that it says it has
 * @param failed Failure Reason by SOP Instance UID
 */
public record StowResult(int status, Set<String> stored, Map<String, Integer> failed) {
  public StowResult {
    stored = Set.copyOf(stored);
    failed = Map.copyOf(failed);
  }

  static StowResult of(int status, JsonNode answer) {
    JsonNode data = answer.isArray() ? answer.path(0) : answer;
    Set<String> stored = new HashSet<>();
    for (JsonNode item : data.path("00081199").path("Value")) {
      stored.add(text(item, "00081155"));
    }
    Map<String, Integer> failed = new HashMap<>();
    for (JsonNode item : data.path("00081198").path("Value")) {
      failed.put(text(item, "00081155"), item.path("00081197").path("Value").path(0).asInt());
    }
    return new StowResult(status, stored, failed);
  }

  private static String text(JsonNode item, String tag) {
    return item.path(tag).path("Value").path(0).asText("");
  }
}
