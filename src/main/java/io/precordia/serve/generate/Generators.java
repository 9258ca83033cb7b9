package io.precordia.serve.generate;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.serve.Cancellation;
import io.precordia.serve.adapters.AdapterMix;
import io.precordia.serve.adapters.AdapterRegistry;
import io.precordia.serve.adapters.AdapterUse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The language models of a service: opened when they are first asked for, each with its own line;
 * the one that was used least recently is closed when another needs its place. Thread-safe.
 */
public final class Generators implements AutoCloseable {
  private final GenerationLimits limits;
  private final Path adapters;
  private final Map<String, Loaded> loaded = new LinkedHashMap<>(16, 0.75f, true);

  /** An opened model; {@code users} is guarded by the registry. */
  private static final class Loaded {
    private final TextGenerator generator;
    private final GenerationLine line;
    private final AdapterRegistry adapters;
    private int users;

    Loaded(TextGenerator generator, GenerationLine line, AdapterRegistry adapters) {
      this.generator = generator;
      this.line = line;
      this.adapters = adapters;
    }
  }

  /**
   * @param adapters folder in which every model has one for its adapters, by the model's digest
   */
  public Generators(GenerationLimits limits, Path adapters) {
    this.limits = limits;
    this.adapters = adapters;
  }

  /** Names of the models in memory. */
  public synchronized Set<String> names() {
    return Set.copyOf(loaded.keySet());
  }

  /**
   * Opens a model and warms it up by one token.
   *
   * @throws PrecordiaException as {@link #generate}
   */
  public void load(String name, Path folder) {
    generate(name, folder, null, ".", 1, new Cancellation());
  }

  /**
   * Continues a prompt by the model of a folder.
   *
   * @param name what the folder is called
   * @param mix adapters of that model, null for none
   * @param maxTokens most tokens to add
   * @throws PrecordiaException NOT_FOUND for an unknown adapter; NOT_GENERATIVE, BAD_WEIGHTS,
   *     INVALID_ARGUMENT as {@link TextGenerator}; BUSY if the line is full or every place in
   *     memory is in use; CANCELLED
   */
  public Generated generate(
      String name,
      Path folder,
      @Nullable AdapterMix mix,
      String prompt,
      int maxTokens,
      Cancellation cancellation) {
    if (maxTokens < 1 || maxTokens > limits.maxTokens()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "max_tokens must be from 1 to "
              + limits.maxTokens()
              + " (precordia.generate.max-tokens)");
    }
    Loaded model = enter(name, folder);
    try (AdapterUse use = mix == null ? AdapterUse.NONE : model.adapters.use(mix)) {
      return model.line.inTurn(
          cancellation,
          () ->
              model.generator.generate(
                  prompt, maxTokens, use == AdapterUse.NONE ? null : use, cancellation));
    } finally {
      leave(model);
    }
  }

  /**
   * Does something with the adapters of a model, which stays in memory meanwhile.
   *
   * @throws PrecordiaException as {@link #generate}
   */
  public <R> R adapters(String name, Path folder, Function<AdapterRegistry, R> work) {
    Loaded model = enter(name, folder);
    try {
      return work.apply(model.adapters);
    } finally {
      leave(model);
    }
  }

  /**
   * Closes a model; false if it is not in memory.
   *
   * @throws PrecordiaException BUSY while it is in use
   */
  public synchronized boolean unload(String name) {
    Loaded model = loaded.get(name);
    if (model == null) {
      return false;
    }
    if (model.users > 0) {
      throw new PrecordiaException(
          ErrorCode.BUSY, "the language model is in use; try again in a moment");
    }
    loaded.remove(name);
    model.generator.close();
    return true;
  }

  private synchronized Loaded enter(String name, Path folder) {
    Loaded model = loaded.get(name);
    if (model == null) {
      if (loaded.size() >= limits.resident()) {
        evict();
      }
      model = open(folder);
      loaded.put(name, model);
    }
    model.users++;
    return model;
  }

  private Loaded open(Path folder) {
    TextGenerator generator = TextGenerator.open(folder);
    try {
      return new Loaded(
          generator,
          new GenerationLine(limits),
          new AdapterRegistry(adapters.resolve(generator.ref().sha256()), generator));
    } catch (RuntimeException | Error e) {
      generator.close();
      throw e;
    }
  }

  private void evict() {
    String idle =
        loaded.entrySet().stream()
            .filter(e -> e.getValue().users == 0)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow(
                () ->
                    new PrecordiaException(
                        ErrorCode.BUSY,
                        "every language model in memory is in use (precordia.generate.resident); try again in a moment"));
    unload(idle);
  }

  private synchronized void leave(Loaded model) {
    model.users--;
  }

  @Override
  public synchronized void close() {
    loaded.values().forEach(model -> model.generator.close());
    loaded.clear();
  }
}
