package io.precordia.model.pair;

import io.precordia.model.hub.HubConfig;
import io.precordia.model.hub.HubModel;
import io.precordia.model.hub.PairModel;
import io.precordia.model.hub.TextBatch;
import io.precordia.model.hub.TextModel;
import io.precordia.model.hub.VisionModel;
import io.precordia.model.text.SiglipText;
import io.precordia.model.vision.SiglipVision;
import io.precordia.nn.Forward;
import io.precordia.nn.Initializer;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.Tensor;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * {@code SiglipModel} (Zhai et al. 2023): the towers' pooled outputs are the embeddings; a logit is
 * scale·cosine + bias and its sigmoid the probability of the pair. SigLIP 2's checkpoints of one
 * fixed resolution have this model_type too; those of variable resolution are refused.
 */
public final class Siglip implements PairModel {
  private static final String SCALE = "logit_scale";
  private static final String BIAS = "logit_bias";

  private final SiglipVision vision;
  private final SiglipText text;

  private Siglip(HubConfig config) {
    vision = SiglipVision.read(config.section("vision_config"));
    text = SiglipText.read(config.section("text_config"));
    if (text.pooledWidth() != vision.width()) {
      throw config
          .section("text_config")
          .wrong("projection_size", "it must equal the images' width, " + vision.width());
    }
  }

  /**
   * The model alone, without weights.
   *
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming what cannot be honoured
   */
  public static Siglip of(HubConfig config) {
    return new Siglip(config);
  }

  /**
   * Reads a folder with model_type {@code siglip}.
   *
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming what cannot be honoured
   */
  public static HubModel<PairModel> open(Path folder, HubConfig config) {
    return PairFolder.load(folder, config.modelType(), new Siglip(config), name -> false);
  }

  /** The image tower alone, of model_type {@code siglip} or {@code siglip_vision_model}. */
  public static HubModel<VisionModel> openVision(Path folder, HubConfig config) {
    String type = config.modelType();
    SiglipVision tower =
        SiglipVision.read(type.equals("siglip") ? config.section("vision_config") : config);
    return PairFolder.load(folder, type, tower, PairFolder::isTextSide);
  }

  /** The text tower alone, of model_type {@code siglip} or {@code siglip_text_model}. */
  public static HubModel<TextModel> openText(Path folder, HubConfig config) {
    String type = config.modelType();
    SiglipText tower =
        SiglipText.read(type.equals("siglip") ? config.section("text_config") : config);
    return PairFolder.load(folder, type, tower, PairFolder::isImageSide);
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    vision.declare(sink);
    text.declare(sink);
    // Starts of the paper: scale 10 and bias −10.
    sink.accept(scalar(SCALE, Math.log(10)));
    sink.accept(scalar(BIAS, -10));
  }

  private static ParameterSpec scalar(String name, double start) {
    return new ParameterSpec(
        name, new long[] {1}, ParameterSpec.Role.SCALAR, new Initializer.Constant(start));
  }

  @Override
  public VisionModel vision() {
    return vision;
  }

  @Override
  public TextModel text() {
    return text;
  }

  @Override
  public int dimension() {
    return vision.width();
  }

  @Override
  public Tensor images(Forward f, Tensor pixels) {
    return f.ops().l2Normalize(vision.pooled(f, pixels));
  }

  @Override
  public Tensor texts(Forward f, TextBatch batch) {
    return f.ops().l2Normalize(text.pooled(f, batch));
  }

  @Override
  public Tensor logitScale(Forward f) {
    return f.ops().exp(f.get(SCALE));
  }

  @Override
  public Tensor logits(Forward f, Tensor images, Tensor texts) {
    Tensor scaled = f.ops().multiply(f.ops().matmul(images, texts, true), logitScale(f));
    return f.ops().add(scaled, f.get(BIAS));
  }
}
