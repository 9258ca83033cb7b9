package io.precordia.nn;

import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Pre-norm layers, one after the other; the norm behind the last is the model's own. */
public record PreNormStack(List<PreNormLayer> layers) implements Layer {
  public PreNormStack {
    layers = List.copyOf(layers);
  }

  /**
   * Layers with the names of the CLIP family under {@code path.i}: {@code layer_norm1}, {@code
   * self_attn.q_proj}, {@code .k_proj}, {@code .v_proj}, {@code .out_proj}, {@code layer_norm2},
   * {@code mlp.fc1}, {@code mlp.fc2}.
   */
  public static PreNormStack clip(String path, PreNormConfig config) {
    return new PreNormStack(
        IntStream.range(0, config.depth())
            .mapToObj(i -> clipLayer(path + "." + i, config))
            .toList());
  }

  private static PreNormLayer clipLayer(String path, PreNormConfig config) {
    String attention = path + ".self_attn.";
    return new PreNormLayer(
        new LayerNorm(path + ".layer_norm1", config.width(), config.eps()),
        new ProjectedAttention(
            attention + "q_proj",
            attention + "k_proj",
            attention + "v_proj",
            attention + "out_proj",
            config),
        null,
        new LayerNorm(path + ".layer_norm2", config.width(), config.eps()),
        new Mlp(path + ".mlp.fc1", path + ".mlp.fc2", config),
        null,
        config.dropPath());
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    layers.forEach(l -> l.declare(sink));
  }

  /** x [n, tokens, width], same shape out. */
  public Tensor apply(Forward f, Tensor x, @Nullable Tensor keyMask) {
    return apply(f, x, keyMask, layers.size());
  }

  /** The same through the first {@code depth} layers only. */
  public Tensor apply(Forward f, Tensor x, @Nullable Tensor keyMask, int depth) {
    Tensor y = x;
    for (PreNormLayer layer : layers.subList(0, depth)) {
      // A scope per layer: what only this layer needed is free before the next one starts.
      try (Scope scope = f.ops().scope()) {
        y = scope.keep(layer.apply(f, y, keyMask));
      }
    }
    return y;
  }
}
