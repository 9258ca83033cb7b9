package io.precordia.nn;

import io.precordia.tensor.AttentionSpec;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Multi-head self-attention whose four projections have the names of a checkpoint. */
public record ProjectedAttention(
    String query, String key, String value, String output, PreNormConfig config) implements Layer {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    projection(query).declare(sink);
    projection(key).declare(sink);
    projection(value).declare(sink);
    outward().declare(sink);
  }

  /** x [n, tokens, width], same shape out; keyMask [n, tokens] with 1 for real tokens, or null. */
  public Tensor apply(Forward f, Tensor x, @Nullable Tensor keyMask) {
    AttentionSpec spec =
        AttentionSpec.of(config.heads(), config.width() / config.heads())
            .withKeyMask(keyMask)
            .withCausal(config.causal())
            .withDropout(f.training() ? config.attentionDropout() : 0);
    Tensor mixed =
        f.ops()
            .attention(
                projection(query).apply(f, x),
                projection(key).apply(f, x),
                projection(value).apply(f, x),
                spec);
    return f.dropout(outward().apply(f, mixed), config.dropout());
  }

  private Linear projection(String path) {
    return new Linear(path, config.width(), config.width(), config.qkvBias());
  }

  private Linear outward() {
    return new Linear(output, config.width(), config.width(), true);
  }
}
