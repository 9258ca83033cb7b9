package io.precordia.model.vqa;

import io.precordia.nn.Forward;
import io.precordia.nn.Layer;
import io.precordia.nn.LayerNorm;
import io.precordia.nn.Linear;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.AttentionSpec;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/** Pre-norm block with {@code self_attn.qkv} in one projection and {@code mlp.fc1}/{@code fc2}. */
record BlipVisionLayer(String path, BlipVisionConfig config) implements Layer {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    norm(1).declare(sink);
    qkv().declare(sink);
    projection().declare(sink);
    norm(2).declare(sink);
    up().declare(sink);
    down().declare(sink);
  }

  /** x [n, tokens, width], same shape out. */
  Tensor apply(Forward f, Tensor x) {
    AttentionSpec spec =
        AttentionSpec.of(config.heads(), config.width() / config.heads())
            .withDropout(f.training() ? config.attentionDropout() : 0);
    Tensor attended = f.ops().attentionPacked(qkv().apply(f, norm(1).apply(f, x)), spec);
    Tensor mixed = f.ops().add(x, projection().apply(f, attended));
    Tensor inner = up().apply(f, norm(2).apply(f, mixed), config.activation());
    return f.ops().add(mixed, down().apply(f, inner));
  }

  private LayerNorm norm(int index) {
    return new LayerNorm(path + ".layer_norm" + index, config.width(), config.eps());
  }

  private Linear qkv() {
    return new Linear(path + ".self_attn.qkv", config.width(), 3L * config.width(), true);
  }

  private Linear projection() {
    return new Linear(path + ".self_attn.projection", config.width(), config.width(), true);
  }

  private Linear up() {
    return new Linear(path + ".mlp.fc1", config.width(), config.hidden(), true);
  }

  private Linear down() {
    return new Linear(path + ".mlp.fc2", config.hidden(), config.width(), true);
  }
}
