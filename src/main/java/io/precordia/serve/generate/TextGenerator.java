package io.precordia.serve.generate;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.hub.HubConfig;
import io.precordia.model.llm.CausalLm;
import io.precordia.model.llm.CausalLmFolder;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.report.ReportTokenizer;
import io.precordia.serve.Cancellation;
import io.precordia.study.ModelRef;
import io.precordia.tensor.Ops;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.weights.Checksums;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * An opened LLaMA or Qwen3 folder that continues texts by the most probable tokens, with a cache of
 * keys and values, on the CPU in fp32. Thread-safe, but each call uses all cores: put {@link
 * GenerationLine} before it.
 */
public final class TextGenerator implements AutoCloseable {
  private static final Set<String> TYPES = Set.of("llama", "qwen3");
  private static final int CHARACTERS = 100_000;

  private final ModelRef ref;
  private final CausalLm model;
  private final Forward forward;
  private final Ops ops;
  private final ReportTokenizer tokenizer;
  private final Set<Integer> stop;
  private final int positions;

  private TextGenerator(
      ModelRef ref,
      CausalLmFolder opened,
      Ops ops,
      ReportTokenizer tokenizer,
      Set<Integer> stop,
      int positions) {
    this.ref = ref;
    this.model = opened.model();
    this.ops = ops;
    this.forward = Forward.evaluation(ops, opened.parameters(ops), Adapters.NONE);
    this.tokenizer = tokenizer;
    this.stop = stop;
    this.positions = positions;
  }

  /** Whether a folder's model continues texts, judged by its config.json; never throws. */
  public static boolean reads(Path folder) {
    try {
      return TYPES.contains(HubConfig.read(folder).modelType());
    } catch (PrecordiaException e) {
      return false;
    }
  }

  /**
   * Opens a hub folder with config.json, safetensors and tokenizer.json. Weights are read from the
   * mapped files when they are first used.
   *
   * @throws PrecordiaException NOT_GENERATIVE if it is another kind of model, BAD_WEIGHTS naming
   *     what is missing or cannot be honoured
   */
  public static TextGenerator open(Path folder) {
    HubConfig config = HubConfig.read(folder);
    if (!TYPES.contains(config.modelType())) {
      throw notGenerative(String.valueOf(folder.getFileName()));
    }
    if (Files.exists(folder.resolve(Checksums.FILE))) {
      Checksums.verify(folder);
    }
    CausalLmFolder opened = CausalLm.open(folder);
    Set<Integer> stop = StopTokens.read(folder);
    int positions =
        config.size("max_position_embeddings", config.modelType().equals("qwen3") ? 32768 : 2048);
    ModelRef ref =
        new ModelRef(
            String.valueOf(folder.toAbsolutePath().normalize().getFileName()),
            config.modelType(),
            Checksums.ofFolder(folder),
            List.of(),
            "tokenizer.json");
    ReportTokenizer tokenizer = ReportTokenizer.load(folder.resolve("tokenizer.json"));
    return new TextGenerator(ref, opened, DjlOps.cpu(), tokenizer, stop, positions);
  }

  /** What is said of a model that cannot continue a text. */
  public static PrecordiaException notGenerative(String name) {
    return new PrecordiaException(
        ErrorCode.NOT_GENERATIVE,
        "the model "
            + name
            + " does not continue texts; folders with model_type llama or qwen3 do");
  }

  public ModelRef ref() {
    return ref;
  }

  /**
   * Continues a prompt.
   *
   * @param maxTokens most tokens to add, at least 1
   * @param cancellation looked at before every token
   * @throws PrecordiaException INVALID_ARGUMENT if the prompt is empty or does not fit the model's
   *     positions together with {@code maxTokens}; CANCELLED
   */
  public Generated generate(String prompt, int maxTokens, Cancellation cancellation) {
    if (prompt.isEmpty() || prompt.length() > CHARACTERS || maxTokens < 1) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "a prompt needs 1 to " + CHARACTERS + " characters, and max_tokens must be 1 or more");
    }
    int[] ids = tokenizer.ids(prompt, Integer.MAX_VALUE);
    if (ids.length == 0) {
      throw new PrecordiaException(ErrorCode.INVALID_ARGUMENT, "the prompt holds no token");
    }
    if ((long) ids.length + maxTokens > positions) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "a prompt of %d tokens and max_tokens %d exceed the model's %d positions"
              .formatted(ids.length, maxTokens, positions));
    }
    int[] added = model.greedy(forward, ids, maxTokens, stop, cancellation::check);
    boolean stopped = added.length > 0 && stop.contains(added[added.length - 1]);
    int[] shown = stopped ? Arrays.copyOf(added, added.length - 1) : added;
    return new Generated(
        tokenizer.text(shown),
        ids.length,
        added.length,
        stopped ? Generated.Finish.STOP : Generated.Finish.LENGTH,
        ref);
  }

  @Override
  public void close() {
    ops.close();
    tokenizer.close();
  }
}
