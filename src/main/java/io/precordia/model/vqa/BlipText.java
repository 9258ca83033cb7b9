package io.precordia.model.vqa;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.EmbeddingTable;
import io.precordia.nn.Forward;
import io.precordia.nn.KeyValueCache;
import io.precordia.nn.KeyValues;
import io.precordia.nn.Layer;
import io.precordia.nn.LayerNorm;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code BlipTextModel}: word and position embeddings, then layers that attend to themselves and to
 * a memory. Read in both directions it encodes questions, causally it writes answers.
 */
public final class BlipText implements Layer {
  private final BlipTextConfig config;
  private final EmbeddingTable words;
  private final EmbeddingTable positions;
  private final LayerNorm norm;
  private final List<BlipTextLayer> layers = new ArrayList<>();

  public BlipText(String path, BlipTextConfig config) {
    this.config = config;
    int width = config.layer().width();
    String embeddings = path + ".embeddings";
    words = new EmbeddingTable(embeddings + ".word_embeddings", config.vocabulary(), width);
    positions = new EmbeddingTable(embeddings + ".position_embeddings", config.positions(), width);
    norm = new LayerNorm(embeddings + ".LayerNorm", width, config.layer().eps());
    for (int i = 0; i < config.depth(); i++) {
      layers.add(BlipTextLayer.of(path + ".encoder.layer." + i, config));
    }
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    words.declare(sink);
    positions.declare(sink);
    norm.declare(sink);
    layers.forEach(l -> l.declare(sink));
  }

  /** Name of the word embedding, to which a head may be tied. */
  String wordWeight() {
    return words.path() + ".weight";
  }

  /**
   * Projects states [n, tokens, encoderWidth] for the cross-attention of every layer, once for any
   * number of passes.
   */
  public List<KeyValues> memory(Forward f, Tensor states) {
    List<KeyValues> out = new ArrayList<>();
    for (BlipTextLayer layer : layers) {
      out.add(layer.cross().keysValues(f, states));
    }
    return out;
  }

  /** An empty cache for one text of at most {@code capacity} tokens. */
  KeyValueCache cache(Ops ops, int capacity) {
    return new KeyValueCache(ops, config.depth(), 1, capacity, config.layer().width());
  }

  /**
   * Every token sees all tokens.
   *
   * @param ids INT [n, tokens]
   * @param mask [n, tokens], 1 for real ones; null if all are
   * @return states [n, tokens, width]; rows at padding are without meaning
   */
  public Tensor encode(Forward f, Tensor ids, @Nullable Tensor mask, List<KeyValues> memory) {
    Tensor y = embed(f, ids, 0);
    for (int i = 0; i < layers.size(); i++) {
      try (Scope scope = f.ops().scope()) {
        KeyValues own = layers.get(i).self().keysValues(f, y);
        y = scope.keep(layer(f, i, y, own, mask, false, memory));
      }
    }
    return y;
  }

  /**
   * Every token sees itself and those before it.
   *
   * @param ids INT [n, tokens]
   * @param cache what was read before, to which ids are added; null for none
   * @return states [n, tokens, width]
   * @throws PrecordiaException INVALID_ARGUMENT if the text is longer than the position table
   */
  public Tensor decode(
      Forward f, Tensor ids, List<KeyValues> memory, @Nullable KeyValueCache cache) {
    Tensor y = embed(f, ids, cache == null ? 0 : cache.length());
    for (int i = 0; i < layers.size(); i++) {
      try (Scope scope = f.ops().scope()) {
        KeyValues own = layers.get(i).self().keysValues(f, y);
        KeyValues all = cache == null ? own : cache.append(i, own);
        y = scope.keep(layer(f, i, y, all, null, true, memory));
      }
    }
    if (cache != null) {
      cache.advance(Math.toIntExact(ids.size(1)));
    }
    return y;
  }

  private Tensor layer(
      Forward f,
      int index,
      Tensor x,
      KeyValues own,
      @Nullable Tensor mask,
      boolean causal,
      List<KeyValues> memory) {
    BlipTextLayer layer = layers.get(index);
    Tensor read = layer.self().apply(f, x, own, mask, causal);
    Tensor crossed = layer.cross().apply(f, read, memory.get(index), null, false);
    return layer.feedForward().apply(f, crossed);
  }

  private Tensor embed(Forward f, Tensor ids, int from) {
    long end = from + ids.size(1);
    if (end > config.positions()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          end + " tokens are more than the model's " + config.positions());
    }
    Tensor places = f.ops().slice(f.get(positions.path() + ".weight"), 0, from, end);
    Tensor x = f.ops().add(words.apply(f, ids), places);
    return f.dropout(norm.apply(f, x), config.layer().dropout());
  }
}
