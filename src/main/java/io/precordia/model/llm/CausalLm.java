package io.precordia.model.llm;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.Decoder;
import io.precordia.nn.EmbeddingTable;
import io.precordia.nn.Forward;
import io.precordia.nn.GreedyDecoding;
import io.precordia.nn.Initializer;
import io.precordia.nn.KeyValueCache;
import io.precordia.nn.Layer;
import io.precordia.nn.Linear;
import io.precordia.nn.NextTokenLoss;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.TokenRows;
import io.precordia.tensor.Activation;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A causal language model: embedding, {@link Decoder}, head. Parameters have the hub's names, so
 * that adapters address layers as {@code model.layers.0.self_attn.q_proj}. Stateless; any number of
 * threads may use it.
 */
public final class CausalLm implements Layer {
  static final String EMBEDDING = "model.embed_tokens";
  static final String HEAD = "lm_head";

  private final CausalLmConfig config;
  private final EmbeddingTable embedding;
  private final Decoder decoder;

  public CausalLm(CausalLmConfig config) {
    this.config = config;
    this.embedding = new EmbeddingTable(EMBEDDING, config.vocabulary(), config.decoder().width());
    this.decoder = new Decoder("model", config.decoder(), config.positions());
  }

  /**
   * Opens a hub folder of LLaMA or Qwen3.
   *
   * @throws PrecordiaException BAD_WEIGHTS naming the configuration value or array that cannot be
   *     honoured
   */
  public static CausalLmFolder open(Path folder) {
    return CausalLmFolder.open(folder);
  }

  public CausalLmConfig config() {
    return config;
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    embedding.declare(sink);
    decoder.declare(sink);
    if (!config.tied()) {
      sink.accept(
          new ParameterSpec(
              HEAD + ".weight",
              new long[] {config.vocabulary(), config.decoder().width()},
              ParameterSpec.Role.WEIGHT,
              Initializer.NORMAL_002));
    }
  }

  /** An empty cache for {@code rows} sequences of at most {@code capacity} tokens. */
  public KeyValueCache cache(Ops ops, int rows, int capacity) {
    return decoder.cache(ops, rows, capacity);
  }

  /** INT ids [n, tokens] to embeddings [n, tokens, width]. */
  public Tensor embed(Forward f, Tensor ids) {
    return embedding.apply(f, ids);
  }

  /**
   * Embeddings (of tokens, images, signals) to states behind the last norm.
   *
   * @param x [n, tokens, width]
   * @param mask [n, tokens of cache and x], 1 for real tokens; null if all are
   * @param cache what was read before, to which x is added; null for none
   * @return [n, tokens, width]; rows at padding are without meaning
   */
  public Tensor states(Forward f, Tensor x, @Nullable Tensor mask, @Nullable KeyValueCache cache) {
    return decoder.apply(f, x, mask, cache);
  }

  /** States [n, tokens, width] to logits [n, tokens, vocabulary]. */
  public Tensor head(Forward f, Tensor states) {
    if (!config.tied()) {
      return new Linear(HEAD, config.decoder().width(), config.vocabulary(), false)
          .apply(f, states);
    }
    return f.ops()
        .linear(
            states,
            f.get(EMBEDDING + ".weight"),
            null,
            Activation.IDENTITY,
            f.adapters().forLinear(f.parameters(), HEAD, f.training()));
  }

  /**
   * Logits [n, tokens, vocabulary] of INT ids [n, tokens].
   *
   * @param mask [n, tokens], 1 for real tokens, padding on either side; null if all are real
   */
  public Tensor logits(Forward f, Tensor ids, @Nullable Tensor mask) {
    return head(f, states(f, embed(f, ids), mask, null));
  }

  /**
   * Logits [n, tokens, vocabulary] of rows without padding.
   *
   * @throws PrecordiaException INVALID_ARGUMENT if rows differ in length or an id is no token
   */
  public Tensor logits(Forward f, int[][] ids) {
    return logits(f, TokenRows.of(ids).ids(f.ops(), config.vocabulary()), null);
  }

  /**
   * Logits [n, tokens, vocabulary] of rows with padding on either side.
   *
   * @param mask 1 for real tokens, 0 for padding
   * @throws PrecordiaException INVALID_ARGUMENT if shapes differ or an id is no token
   */
  public Tensor logits(Forward f, int[][] ids, int[][] mask) {
    TokenRows rows = TokenRows.of(ids);
    TokenRows real = TokenRows.of(mask);
    if (rows.rows() != real.rows() || rows.length() != real.length()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "token ids and their mask differ in shape");
    }
    return logits(f, rows.ids(f.ops(), config.vocabulary()), real.mask(f.ops()));
  }

  /**
   * Mean cross-entropy of every label given the tokens before it, a scalar.
   *
   * @param labels as ids, with {@link NextTokenLoss#IGNORED} where a token does not count
   */
  public Tensor loss(Forward f, int[][] ids, int[][] labels) {
    return NextTokenLoss.of(f.ops(), logits(f, ids), TokenRows.of(labels), 0);
  }

  /**
   * Continues a prompt by the most probable tokens.
   *
   * @param maxNew most tokens to add
   * @param stop tokens behind which nothing is added
   * @return the new tokens only, with the one that stopped it
   */
  public int[] greedy(Forward f, int[] prompt, int maxNew, Set<Integer> stop) {
    return greedy(f, prompt, maxNew, stop, () -> {});
  }

  /**
   * As {@link #greedy(Forward, int[], int, Set)}.
   *
   * @param each called before every token; what it throws ends the continuation
   */
  public int[] greedy(Forward f, int[] prompt, int maxNew, Set<Integer> stop, Runnable each) {
    try (Scope scope = f.ops().scope()) {
      KeyValueCache cache = cache(f.ops(), 1, prompt.length + maxNew);
      return GreedyDecoding.run(
          f.ops(),
          prompt,
          maxNew,
          stop,
          tokens -> {
            each.run();
            return nextLogits(f, tokens, cache);
          });
    }
  }

  private Tensor nextLogits(Forward f, int[] tokens, KeyValueCache cache) {
    Tensor ids = TokenRows.of(new int[][] {tokens}).ids(f.ops(), config.vocabulary());
    Tensor states = states(f, embed(f, ids), null, cache);
    Tensor last = f.ops().slice(states, 1, tokens.length - 1, tokens.length);
    return f.ops().reshape(head(f, last), 1, config.vocabulary());
  }
}
