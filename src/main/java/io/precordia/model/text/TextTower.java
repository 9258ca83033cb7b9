package io.precordia.model.text;

import io.precordia.model.hub.TextBatch;
import io.precordia.nn.EmbeddingTable;
import io.precordia.nn.Forward;
import io.precordia.nn.Layer;
import io.precordia.nn.LayerNorm;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.PreNormStack;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/** Words and positions, pre-norm layers and a last norm under {@code text_model}. */
record TextTower(TowerConfig config) implements Layer {
  private static final String PATH = "text_model.";
  private static final String POSITIONS = PATH + "embeddings.position_embedding";

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    words().declare(sink);
    new EmbeddingTable(POSITIONS, config.positions(), config.layer().width()).declare(sink);
    layers().declare(sink);
    norm().declare(sink);
  }

  /** States [n, tokens, width] behind the last norm. */
  Tensor states(Forward f, TextBatch batch) {
    batch.requireLength(config.positions());
    Tensor x = words().apply(f, batch.ids().ids(f.ops(), config.vocabulary()));
    Tensor places = f.ops().slice(f.get(POSITIONS + ".weight"), 0, 0, batch.ids().length());
    Tensor y = layers().apply(f, f.ops().add(x, places), batch.keyMask(f.ops()));
    return norm().apply(f, y);
  }

  private EmbeddingTable words() {
    return new EmbeddingTable(
        PATH + "embeddings.token_embedding", config.vocabulary(), config.layer().width());
  }

  private PreNormStack layers() {
    return PreNormStack.clip(PATH + "encoder.layers", config.layer());
  }

  private LayerNorm norm() {
    return new LayerNorm(PATH + "final_layer_norm", config.layer().width(), config.layer().eps());
  }
}
