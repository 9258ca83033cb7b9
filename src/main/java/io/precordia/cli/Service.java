package io.precordia.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.precordia.api.ExportBody;
import io.precordia.api.view.ExportManifest;
import io.precordia.ingest.Ingest;
import io.precordia.ingest.Part;
import io.precordia.workspace.exports.ExportedFile;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Whoever answers a command: a running service, a data directory, or a model alone. Answers have
 * the REST door's form.
 */
sealed interface Service extends AutoCloseable permits RemoteService, LocalService, ModelService {
  /** The way in. */
  Ingest ingest();

  /** Vectors of files and texts, texts first. */
  JsonNode embed(List<Part> files, List<String> texts);

  JsonNode search(SearchInputs inputs);

  /** Hands out files one by one. */
  ExportManifest export(ExportBody what, Consumer<ExportedFile> sink);

  JsonNode classify(List<Part> file, List<String> labels, Map<String, List<String>> prompts);

  @Override
  void close();
}
