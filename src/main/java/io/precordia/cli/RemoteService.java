package io.precordia.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.precordia.api.ExportBody;
import io.precordia.api.view.ExportManifest;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.Ingest;
import io.precordia.ingest.Part;
import io.precordia.workspace.exports.ExportedFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
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
  public ExportManifest export(ExportBody what, Consumer<ExportedFile> sink) {
    ExportManifest manifest = null;
    try (ZipInputStream zip = new ZipInputStream(door.download("/v1/exports", what))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] bytes = zip.readAllBytes();
        if (entry.getName().equals("manifest.json")) {
          manifest = Json.MAPPER.readValue(bytes, ExportManifest.class);
        } else {
          sink.accept(new ExportedFile(entry.getName(), "application/octet-stream", bytes));
        }
      }
    } catch (IOException e) {
      throw broken(e);
    }
    if (manifest == null) {
      throw broken(null);
    }
    return manifest;
  }

  private static PrecordiaException broken(@Nullable Throwable cause) {
    return new PrecordiaException(
        ErrorCode.TRUNCATED, "the archive ended before its manifest; export again", cause);
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
