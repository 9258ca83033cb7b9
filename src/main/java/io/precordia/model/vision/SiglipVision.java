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
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/**
 * {@code SiglipVisionModel} (Zhai et al. 2023; SigLIP 2's fixed-resolution checkpoints are the
 * same): a ViT without class token, pooled by attention.
 */
public final class SiglipVision implements VisionModel {
  private static final String PATH = "vision_model.";
  private static final String POSITIONS = PATH + "embeddings.position_embedding";

  private final TowerConfig config;
  private final PatchProjection patches;
  private final PreNormStack layers;
  private final LayerNorm norm;
  private final AttentionPooling head;

  private SiglipVision(TowerConfig config) {
    this.config = config;
    PreNormConfig layer = config.layer();
    patches =
        new PatchProjection(
            PATH + "embeddings.patch_embedding",
            config.grid().channels(),
            config.grid().patch(),
            layer.width(),
            true);
    layers = PreNormStack.clip(PATH + "encoder.layers", layer);
    norm = new LayerNorm(PATH + "post_layernorm", layer.width(), layer.eps());
    head = new AttentionPooling(PATH + "head", layer);
  }

  /**
   * @param config {@code SiglipVisionConfig}, a file or a section
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming the value that cannot be
   *     honoured
   */
  public static SiglipVision read(HubConfig config) {
    return new SiglipVision(TowerConfig.siglip(config));
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    new EmbeddingTable(POSITIONS, config.grid().patches(), width()).declare(sink);
    patches.declare(sink);
    layers.declare(sink);
    norm.declare(sink);
    head.declare(sink);
  }

  @Override
  public Tensor states(Forward f, Tensor pixels) {
    return norm.apply(f, hidden(f, pixels, config.layer().depth()));
  }

  @Override
  public Tensor hidden(Forward f, Tensor pixels, int depth) {
    Tensor x = patches.apply(f, pixels, imageSize());
    return layers.apply(f, f.ops().add(x, f.get(POSITIONS + ".weight")), null, depth);
  }

  @Override
  public Tensor pooledOf(Forward f, Tensor states) {
    return head.apply(f, states);
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
