package io.precordia.api;

import io.precordia.api.view.EmbeddingItem;
import io.precordia.api.view.EmbeddingsAnswer;
import io.precordia.api.view.FlagView;
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

  /** What a part of the items is asked of; the adapter by default may be null, as in a rule. */
  private record Asked(@Nullable String model, @Nullable String byDefault) {}

  /**
   * @param models item by item, texts first; null for all the same
   * @param defaults adapter by rule of each instance, null for none
   */
  EmbeddingsAnswer answer(
      List<String> texts,
      List<String> instances,
      @Nullable List<@Nullable String> models,
      List<@Nullable String> defaults) {
    int size = texts.size() + instances.size();
    if (models != null && models.size() != size) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "models must name one model (or null) for each item");
    }
    Map<Asked, List<Integer>> byModel = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      @Nullable String own = models == null || models.get(i) == null ? model : models.get(i);
      @Nullable String byDefault = i < texts.size() ? null : defaults.get(i - texts.size());
      byModel.computeIfAbsent(new Asked(own, byDefault), m -> new ArrayList<>()).add(i);
    }
    TreeMap<Integer, EmbeddingItem> items = new TreeMap<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<EmbeddingItem>>> parts = new ArrayList<>();
      byModel.forEach(
          (asked, indices) ->
              parts.add(callers.submit(() -> part(asked, indices, texts, instances))));
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
      Asked asked, List<Integer> indices, List<String> texts, List<String> instances) {
    try (Questions questions = engine.ask(asked.model(), asked.byDefault(), cancellation)) {
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
        out.add(some.get(i).at(index, embeddings.madeBy(some.get(i))));
      }
      return out;
    } catch (PrecordiaException e) {
      if (asked.byDefault() == null) {
        throw e;
      }
      // What a rule says about some instances is no fault of the others.
      FlagView reason = FlagView.of(e.code(), String.valueOf(e.getMessage()));
      return indices.stream()
          .map(i -> EmbeddingItem.failed(i, instances.get(i - texts.size()), reason))
          .toList();
    }
  }
}
