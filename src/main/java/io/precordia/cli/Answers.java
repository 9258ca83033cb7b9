package io.precordia.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.precordia.api.Classification;
import io.precordia.api.Embeddings;
import io.precordia.api.view.EmbeddingItem;
import io.precordia.api.view.EmbeddingsAnswer;
import io.precordia.ingest.Part;
import io.precordia.study.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers of a model in this process, in the REST door's form. */
final class Answers {
  private Answers() {}

  static JsonNode embed(Embeddings embeddings, List<Part> files, List<String> texts) {
    List<EmbeddingItem> items = new ArrayList<>(embeddings.texts(texts, 0));
    EmbeddingsAnswer ofFiles = embeddings.files(files);
    for (EmbeddingItem item : ofFiles.items()) {
      items.add(
          new EmbeddingItem(
              items.size(),
              item.name(),
              item.modality(),
              item.format(),
              item.vectors(),
              item.error()));
    }
    return Json.MAPPER.valueToTree(embeddings.answer(items));
  }

  static JsonNode classify(
      Embeddings embeddings,
      Classification classification,
      List<Part> file,
      List<String> labels,
      Map<String, List<String>> prompts) {
    Content content = embeddings.content(file);
    return Json.MAPPER.valueToTree(
        classification.classify(content.modality(), embeddings.vectors(content), labels, prompts));
  }
}
