package io.precordia.model.vision;

import io.precordia.nn.Forward;
import io.precordia.nn.Initializer;
import io.precordia.nn.Layer;
import io.precordia.nn.LayerNorm;
import io.precordia.nn.Linear;
import io.precordia.nn.Mlp;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.PreNormConfig;
import io.precordia.nn.TokenPick;
import io.precordia.tensor.Activation;
import io.precordia.tensor.AttentionSpec;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/**
 * SigLIP's {@code SiglipMultiheadAttentionPoolingHead}: a learned probe attends to all tokens, y =
 * attention(probe, x, x), and y + mlp(norm(y)) is the pooled output. The three projections lie in
 * one matrix {@code in_proj_weight}, query first, as PyTorch's multi-head attention stores them.
 */
record AttentionPooling(String path, PreNormConfig config) implements Layer {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    int width = config.width();
    sink.accept(SpecialTokens.embedding(path + ".probe", 1, 1, width));
    sink.accept(
        new ParameterSpec(
            path + ".attention.in_proj_weight",
            new long[] {3L * width, width},
            ParameterSpec.Role.WEIGHT,
            Initializer.NORMAL_002));
    sink.accept(
        new ParameterSpec(
            path + ".attention.in_proj_bias",
            new long[] {3L * width},
            ParameterSpec.Role.BIAS,
            Initializer.ZEROS));
    outward().declare(sink);
    norm().declare(sink);
    mlp().declare(sink);
  }

  /** x [n, tokens, width] to [n, width]. */
  Tensor apply(Forward f, Tensor x) {
    Tensor probe = f.ops().broadcast(f.get(path + ".probe"), x.size(0), 1, config.width());
    Tensor mixed =
        f.ops()
            .attention(
                projected(f, probe, 0),
                projected(f, x, 1),
                projected(f, x, 2),
                AttentionSpec.of(config.heads(), config.width() / config.heads()));
    Tensor y = outward().apply(f, mixed);
    return TokenPick.first(f.ops(), f.ops().add(y, mlp().apply(f, norm().apply(f, y))));
  }

  private Tensor projected(Forward f, Tensor x, int part) {
    return f.rowwise(path + ".attention", x, (g, y) -> product(g, y, part));
  }

  private Tensor product(Forward f, Tensor x, int part) {
    long from = (long) part * config.width();
    long to = from + config.width();
    return f.ops()
        .linear(
            x,
            f.ops().slice(f.get(path + ".attention.in_proj_weight"), 0, from, to),
            f.ops().slice(f.get(path + ".attention.in_proj_bias"), 0, from, to),
            Activation.IDENTITY,
            null);
  }

  private Linear outward() {
    return new Linear(path + ".attention.out_proj", config.width(), config.width(), true);
  }

  private LayerNorm norm() {
    return new LayerNorm(path + ".layernorm", config.width(), config.eps());
  }

  private Mlp mlp() {
    return new Mlp(path + ".mlp.fc1", path + ".mlp.fc2", config);
  }
}
