package io.precordia.model.vision;

import io.precordia.model.hub.HubConfig;
import io.precordia.model.hub.VisionModel;
import io.precordia.nn.EmbeddingTable;
import io.precordia.nn.Forward;
import io.precordia.nn.LayerNorm;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.PatchProjection;
import io.precordia.nn.PreNormConfig;
import io.precordia.nn.PreNormStack;
import io.precordia.nn.TokenPick;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/**
 * {@code CLIPVisionModel} (Radford et al. 2021): a ViT with a norm in front of its layers. States
 * are not normed; the pooled output is the normed state of the class token.
 */
public final class ClipVision implements VisionModel {
  private static final String PATH = "vision_model.";
  private static final String CLASS = PATH + "embeddings.class_embedding";
  private static final String POSITIONS = PATH + "embeddings.position_embedding";

  private final TowerConfig config;
  private final PatchProjection patches;
  private final LayerNorm before;
  private final PreNormStack layers;
  private final LayerNorm after;

  private ClipVision(TowerConfig config) {
    this.config = config;
    PreNormConfig layer = config.layer();
    patches =
        new PatchProjection(
            PATH + "embeddings.patch_embedding",
            config.grid().channels(),
            config.grid().patch(),
            layer.width(),
            false);
    // The checkpoints spell this name so.
    before = new LayerNorm(PATH + "pre_layrnorm", layer.width(), layer.eps());
    layers = PreNormStack.clip(PATH + "encoder.layers", layer);
    after = new LayerNorm(PATH + "post_layernorm", layer.width(), layer.eps());
  }

  /**
   * @param config {@code CLIPVisionConfig}, a file or a section
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming the value that cannot be
   *     honoured
   */
  public static ClipVision read(HubConfig config) {
    return new ClipVision(TowerConfig.clip(config));
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    sink.accept(SpecialTokens.embedding(CLASS, width()));
    new EmbeddingTable(POSITIONS, config.grid().patches() + 1, width()).declare(sink);
    patches.declare(sink);
    before.declare(sink);
    layers.declare(sink);
    after.declare(sink);
  }

  @Override
  public Tensor states(Forward f, Tensor pixels) {
    return hidden(f, pixels, config.layer().depth());
  }

  @Override
  public Tensor hidden(Forward f, Tensor pixels, int depth) {
    Tensor x = SpecialTokens.before(f, f.get(CLASS), patches.apply(f, pixels, imageSize()));
    Tensor placed = f.ops().add(x, f.get(POSITIONS + ".weight"));
    return layers.apply(f, before.apply(f, placed), null, depth);
  }

  @Override
  public Tensor pooledOf(Forward f, Tensor states) {
    return after.apply(f, TokenPick.first(f.ops(), states));
  }

  @Override
  public int patches() {
    return config.grid().patches();
  }

  @Override
  public int imageSize() {
    return config.grid().side();
  }

  @Override
  public int channels() {
    return config.grid().channels();
  }

  @Override
  public int width() {
    return config.layer().width();
  }
}
