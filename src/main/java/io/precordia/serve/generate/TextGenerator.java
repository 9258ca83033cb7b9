package io.precordia.serve.generate;

import io.precordia.adapter.router.RouterConfig;
import io.precordia.adapter.router.RouterFolder;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.AdapterHost;
import io.precordia.model.AdapterShare;
import io.precordia.model.AdapterSummary;
import io.precordia.model.BankedAdapters;
import io.precordia.model.hub.AdapterNames;
import io.precordia.model.hub.HubConfig;
import io.precordia.model.llm.CausalLm;
import io.precordia.model.llm.CausalLmFolder;
import io.precordia.nn.Forward;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.Parameters;
import io.precordia.report.ReportTokenizer;
import io.precordia.serve.Cancellation;
import io.precordia.serve.adapters.AdapterUse;
import io.precordia.study.ModelRef;
import io.precordia.tensor.Ops;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.weights.Checksums;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An opened LLaMA or Qwen3 folder that continues texts by the most probable tokens, with a cache of
 * keys and values, on the CPU in fp32. Thread-safe, but each call uses all cores: put {@link
 * GenerationLine} before it.
 */
public final class TextGenerator implements AdapterHost, AutoCloseable {
  private static final Set<String> TYPES = Set.of("llama", "qwen3");
  private static final int CHARACTERS = 100_000;

  private final ModelRef ref;
  private final CausalLm model;
  private final Parameters parameters;
  private final BankedAdapters adapters;
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
    this.parameters = opened.parameters(ops);
    List<ParameterSpec> declared = opened.model().parameters();
    this.adapters =
        new BankedAdapters(ops, parameters, declared, new AdapterNames(ref.version(), declared));
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

  @Override
  public ModelRef ref() {
    return ref;
  }

  /**
   * {@inheritDoc}
   *
   * @throws PrecordiaException BAD_WEIGHTS also for X-LoRA, whose first pass would need a second
   *     cache of keys and values
   */
  @Override
  public AdapterSummary inspect(Path folder) {
    if (RouterFolder.is(folder)
        && RouterFolder.config(folder).rule() instanceof RouterConfig.XLora) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          "router: X-LoRA is not honoured over a language model; MeteoRA's gates are");
    }
    return adapters.inspect(folder);
  }

  @Override
  public void register(String sha256, Path folder) {
    adapters.register(sha256, folder);
  }

  @Override
  public void compose(String id, List<AdapterShare> shares) {
    adapters.compose(id, shares);
  }

  @Override
  public void unregister(String id) {
    adapters.unregister(id);
  }

  @Override
  public boolean resident(String id) {
    return adapters.resident(id);
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
    return generate(prompt, maxTokens, null, cancellation);
  }

  /**
   * {@link #generate(String, int, Cancellation)} under adapters that are registered with this
   * model.
   *
   * @param use null for none
   */
  public Generated generate(
      String prompt, int maxTokens, @Nullable AdapterUse use, Cancellation cancellation) {
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
    List<double[]> routed = new ArrayList<>();
    int[] added =
        adapters.under(
            use == null ? null : use.id(),
            (row, shares) -> routed.add(shares),
            hooks ->
                model.greedy(
                    Forward.evaluation(ops, parameters, hooks),
                    ids,
                    maxTokens,
                    stop,
                    cancellation::check));
    boolean stopped = added.length > 0 && stop.contains(added[added.length - 1]);
    int[] shown = stopped ? Arrays.copyOf(added, added.length - 1) : added;
    return new Generated(
        tokenizer.text(shown),
        ids.length,
        added.length,
        stopped ? Generated.Finish.STOP : Generated.Finish.LENGTH,
        use == null ? ref : by(use, routed));
  }

  private ModelRef by(AdapterUse use, List<double[]> routed) {
    List<ModelRef.AdapterRef> all = new ArrayList<>(use.adapters());
    for (double[] shares : routed) {
      for (int k = 0; k < shares.length; k++) {
        ModelRef.AdapterRef member = use.members().get(k);
        if (shares[k] != 0) {
          all.add(new ModelRef.AdapterRef(member.name(), member.sha256(), shares[k]));
        }
      }
    }
    return new ModelRef(ref.id(), ref.version(), ref.sha256(), all, ref.preprocessing());
  }

  @Override
  public void close() {
    ops.close();
    tokenizer.close();
  }
}
