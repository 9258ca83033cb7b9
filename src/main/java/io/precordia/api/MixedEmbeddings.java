package io.precordia.api;

import io.precordia.api.view.EmbeddingItem;
import io.precordia.api.view.EmbeddingsAnswer;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.serve.Cancellation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One request whose items name different adapters. The items of each model are asked for at the
 * same time, so that they can share one pass; every item says which model made it.
 */
final class MixedEmbeddings {
  private final Engine engine;
  private final @Nullable String model;
  private final Cancellation cancellation;

  /**
   * @param model for the items that name none
   */
  MixedEmbeddings(Engine engine, @Nullable String model, Cancellation cancellation) {
    this.engine = engine;
    this.model = model;
    this.cancellation = cancellation;
  }

  EmbeddingsAnswer answer(
      List<String> texts, List<String> instances, List<@Nullable String> models) {
    if (models.size() != texts.size() + instances.size()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "models must name one model (or null) for each item");
    }
    Map<String, List<Integer>> byModel = new LinkedHashMap<>();
    for (int i = 0; i < models.size(); i++) {
      String own = models.get(i) == null ? model : models.get(i);
      byModel.computeIfAbsent(own == null ? "" : own, m -> new ArrayList<>()).add(i);
    }
    TreeMap<Integer, EmbeddingItem> items = new TreeMap<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<EmbeddingItem>>> parts = new ArrayList<>();
      byModel.forEach(
          (name, indices) ->
              parts.add(callers.submit(() -> part(name, indices, texts, instances))));
      for (Future<List<EmbeddingItem>> part : parts) {
        part.get().forEach(item -> items.put(item.index(), item));
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof PrecordiaException known
          ? known
          : new PrecordiaException(ErrorCode.INTERNAL, "the encoder failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PrecordiaException(ErrorCode.NOT_READY, "the request was interrupted", e);
    }
    return engine.embeddings().answer(List.copyOf(items.values()));
  }

  private List<EmbeddingItem> part(
      String name, List<Integer> indices, List<String> texts, List<String> instances) {
    try (Questions questions = engine.ask(name, cancellation)) {
      Embeddings embeddings = questions.embeddings();
      List<Integer> ofTexts = indices.stream().filter(i -> i < texts.size()).toList();
      List<Integer> ofInstances = indices.stream().filter(i -> i >= texts.size()).toList();
      List<EmbeddingItem> some =
          new ArrayList<>(embeddings.texts(ofTexts.stream().map(texts::get).toList(), 0));
      some.addAll(
          embeddings.instances(
              ofInstances.stream().map(i -> instances.get(i - texts.size())).toList(),
              engine.workspace().records(),
              0));
      List<EmbeddingItem> out = new ArrayList<>();
      for (int i = 0; i < some.size(); i++) {
        int index = i < ofTexts.size() ? ofTexts.get(i) : ofInstances.get(i - ofTexts.size());
        out.add(some.get(i).at(index, embeddings.encoder().ref()));
      }
      return out;
    }
  }
}
