package io.precordia.nn;

import io.precordia.tensor.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Word plus position (plus token type) embeddings, then a layer norm.
 *
 * @param positions rows of the position table
 * @param positionOffset row of the first token: 0, or 2 in RoBERTa, which reserves the rows up to
 *     its padding id
 * @param tokenTypes rows of the token-type table, of which row 0 is used; 0 for none
 */
public record TextEmbedding(
    String path,
    int vocabulary,
    int positions,
    int positionOffset,
    int tokenTypes,
    int width,
    double eps)
    implements Layer {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    table(sink, "word_embeddings", vocabulary);
    table(sink, "position_embeddings", positions);
    if (tokenTypes > 0) {
      table(sink, "token_type_embeddings", tokenTypes);
    }
    norm().declare(sink);
  }

  /** Longest text in tokens. */
  public int maxTokens() {
    return positions - positionOffset;
  }

  /** INT ids [n, t] to [n, t, width]; padding only behind the real tokens. */
  public Tensor apply(Forward f, Tensor ids) {
    long length = ids.size(1);
    Tensor x = f.ops().embedding(f.get(weight("word_embeddings")), ids);
    x =
        f.ops()
            .add(
                x,
                f.ops()
                    .slice(
                        f.get(weight("position_embeddings")),
                        0,
                        positionOffset,
                        positionOffset + length));
    @Nullable Tensor types =
        tokenTypes > 0 ? f.ops().slice(f.get(weight("token_type_embeddings")), 0, 0, 1) : null;
    return norm().apply(f, types == null ? x : f.ops().add(x, types));
  }

  private void table(Consumer<ParameterSpec> sink, String name, int rows) {
    sink.accept(
        new ParameterSpec(
            weight(name),
            new long[] {rows, width},
            ParameterSpec.Role.EMBEDDING,
            Initializer.NORMAL_002));
  }

  private String weight(String name) {
    return path + "." + name + ".weight";
  }

  private LayerNorm norm() {
    return new LayerNorm(path + ".norm", width, eps);
  }
}
