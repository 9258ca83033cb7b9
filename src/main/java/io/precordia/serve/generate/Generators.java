package io.precordia.serve.generate;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.serve.Cancellation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The language models of a service: opened when they are first asked for, each with its own line;
 * the one that was used least recently is closed when another needs its place. Thread-safe.
 */
public final class Generators implements AutoCloseable {
  private final GenerationLimits limits;
  private final Map<String, Loaded> loaded = new LinkedHashMap<>(16, 0.75f, true);

  /** An opened model; {@code users} is guarded by the registry. */
  private static final class Loaded {
    private final TextGenerator generator;
    private final GenerationLine line;
    private int users;

    Loaded(TextGenerator generator, GenerationLine line) {
      this.generator = generator;
      this.line = line;
    }
  }

  public Generators(GenerationLimits limits) {
    this.limits = limits;
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
    generate(name, folder, ".", 1, new Cancellation());
  }

  /**
   * Continues a prompt by the model of a folder.
   *
   * @param name what the folder is called
   * @param maxTokens most tokens to add
   * @throws PrecordiaException NOT_GENERATIVE, BAD_WEIGHTS, INVALID_ARGUMENT as {@link
   *     TextGenerator}; BUSY if the line is full or every place in memory is in use; CANCELLED
   */
  public Generated generate(
      String name, Path folder, String prompt, int maxTokens, Cancellation cancellation) {
    if (maxTokens < 1 || maxTokens > limits.maxTokens()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "max_tokens must be from 1 to "
              + limits.maxTokens()
              + " (precordia.generate.max-tokens)");
    }
    Loaded model = enter(name, folder);
    try {
      return model.line.inTurn(
          cancellation, () -> model.generator.generate(prompt, maxTokens, cancellation));
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
      model = new Loaded(TextGenerator.open(folder), new GenerationLine(limits));
      loaded.put(name, model);
    }
    model.users++;
    return model;
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
