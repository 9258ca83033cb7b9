package io.precordia.model.vqa;

import io.precordia.nn.Forward;
import io.precordia.nn.Initializer;
import io.precordia.nn.Layer;
import io.precordia.nn.LayerNorm;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.PatchProjection;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** {@code BlipVisionModel}: class token and patches with learned positions, pre-norm layers. */
public final class BlipVision implements Layer {
  private static final int CHANNELS = 3;

  private final String path;
  private final BlipVisionConfig config;
  private final PatchProjection patches;
  private final List<BlipVisionLayer> layers = new ArrayList<>();
  private final LayerNorm norm;

  public BlipVision(String path, BlipVisionConfig config) {
    this.path = path;
    this.config = config;
    this.patches =
        new PatchProjection(
            path + ".embeddings.patch_embedding", CHANNELS, config.patch(), config.width(), true);
    for (int i = 0; i < config.depth(); i++) {
      layers.add(new BlipVisionLayer(path + ".encoder.layers." + i, config));
    }
    this.norm = new LayerNorm(path + ".post_layernorm", config.width(), config.eps());
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    sink.accept(embedding("class_embedding", 1));
    sink.accept(embedding("position_embedding", config.patches() + 1));
    patches.declare(sink);
    layers.forEach(l -> l.declare(sink));
    norm.declare(sink);
  }

  private ParameterSpec embedding(String name, int rows) {
    return new ParameterSpec(
        path + ".embeddings." + name,
        new long[] {1, rows, config.width()},
        ParameterSpec.Role.EMBEDDING,
        Initializer.NORMAL_002);
  }

  /** Pixel values [n, 3, image, image] to states [n, patches + 1, width], class token first. */
  public Tensor apply(Forward f, Tensor pixels) {
    Tensor x = patches.apply(f, pixels, config.image());
    Tensor cls =
        f.ops().broadcast(f.get(path + ".embeddings.class_embedding"), x.size(0), 1, x.size(2));
    Tensor y =
        f.ops()
            .add(
                f.ops().concat(1, List.of(cls, x)), f.get(path + ".embeddings.position_embedding"));
    for (BlipVisionLayer layer : layers) {
      try (Scope scope = f.ops().scope()) {
        y = scope.keep(layer.apply(f, y));
      }
    }
    return norm.apply(f, y);
  }
}
