package io.precordia.model.text;

import io.precordia.model.hub.TextBatch;
import io.precordia.nn.EmbeddingTable;
import io.precordia.nn.Forward;
import io.precordia.nn.Layer;
import io.precordia.nn.LayerNorm;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.TokenRows;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/** norm(word + position + token type) under {@code embeddings}. */
record BertEmbeddings(BertConfig config) implements Layer {
  private static final String PATH = "embeddings.";

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    words().declare(sink);
    places().declare(sink);
    types().declare(sink);
    norm().declare(sink);
  }

  /** [n, tokens, width]. */
  Tensor apply(Forward f, TextBatch batch) {
    batch.requireLength(config.maxTokens());
    TokenRows ids = batch.ids();
    TokenRows types = batch.types();
    Tensor x = words().apply(f, ids.ids(f.ops(), config.vocabulary()));
    // Without types all are 0, so that one row of the table serves every token.
    Tensor type =
        types == null
            ? f.ops().slice(f.get(PATH + "token_type_embeddings.weight"), 0, 0, 1)
            : types().apply(f, types.ids(f.ops(), config.types()));
    Tensor placed = f.ops().add(f.ops().add(x, type), positions(f, ids));
    return f.dropout(norm().apply(f, placed), config.layer().dropout());
  }

  private Tensor positions(Forward f, TokenRows ids) {
    if (!config.positionsFollowPadding()) {
      return f.ops().slice(f.get(PATH + "position_embeddings.weight"), 0, 0, ids.length());
    }
    int[] at = new int[ids.flat().length];
    for (int row = 0; row < ids.rows(); row++) {
      int next = config.padId() + 1;
      for (int i = row * ids.length(); i < (row + 1) * ids.length(); i++) {
        at[i] = ids.flat()[i] == config.padId() ? config.padId() : next++;
      }
    }
    return places()
        .apply(f, new TokenRows(ids.rows(), ids.length(), at).ids(f.ops(), config.positions()));
  }

  private EmbeddingTable words() {
    return table("word_embeddings", config.vocabulary());
  }

  private EmbeddingTable places() {
    return table("position_embeddings", config.positions());
  }

  private EmbeddingTable types() {
    return table("token_type_embeddings", config.types());
  }

  private EmbeddingTable table(String name, int rows) {
    return new EmbeddingTable(PATH + name, rows, config.layer().width());
  }

  private LayerNorm norm() {
    return new LayerNorm(PATH + "LayerNorm", config.layer().width(), config.layer().eps());
  }
}
