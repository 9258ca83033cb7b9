package io.precordia.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.precordia.ingest.Ingest;
import io.precordia.ingest.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A running service. */
final class RemoteService implements Service {
  private final HttpDoor door;

  RemoteService(HttpDoor door) {
    this.door = door;
  }

  @Override
  public Ingest ingest() {
    return new RemoteIngest(door);
  }

  @Override
  public JsonNode embed(List<Part> files, List<String> texts) {
    JsonNode answer = texts.isEmpty() ? null : door.post("/v1/embeddings", Map.of("texts", texts));
    if (files.isEmpty() && answer != null) {
      return answer;
    }
    JsonNode ofFiles = door.post("/v1/embeddings", Map.of(), files);
    if (answer instanceof ObjectNode both && both.get("items") instanceof ArrayNode items) {
      for (JsonNode item : ofFiles.path("items")) {
        items.add(item instanceof ObjectNode object ? object.put("index", items.size()) : item);
      }
      return both;
    }
    return ofFiles;
  }

  @Override
  public JsonNode search(SearchInputs in) {
    Map<String, Object> body = new LinkedHashMap<>();
    put(body, "text", in.text());
    put(body, "instance", in.instance());
    put(body, "modality", in.modality());
    put(body, "filter", in.filter());
    put(body, "k", in.k());
    put(body, "words", in.words());
    put(body, "group", in.group());
    if (in.file().isEmpty()) {
      return door.post("/v1/search", body);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    body.forEach((name, value) -> fields.put(name, value.toString()));
    return door.post("/v1/search", fields, in.file());
  }

  @Override
  public JsonNode classify(
      List<Part> file, List<String> labels, Map<String, List<String>> prompts) {
    try {
      return door.post(
          "/v1/classify",
          Map.of(
              "labels",
              String.join(",", labels),
              "prompts",
              Json.MAPPER.writeValueAsString(prompts)),
          file);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("prompts have no JSON form", e);
    }
  }

  private static void put(Map<String, Object> body, String name, @Nullable Object value) {
    if (value != null) {
      body.put(name, value);
    }
  }

  @Override
  public void close() {
    door.close();
  }
}
