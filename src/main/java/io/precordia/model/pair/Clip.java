package io.precordia.model.pair;

import io.precordia.model.hub.HubConfig;
import io.precordia.model.hub.HubModel;
import io.precordia.model.hub.PairModel;
import io.precordia.model.hub.TextBatch;
import io.precordia.model.hub.TextModel;
import io.precordia.model.hub.VisionModel;
import io.precordia.model.text.ClipText;
import io.precordia.model.vision.ClipVision;
import io.precordia.nn.Forward;
import io.precordia.nn.Initializer;
import io.precordia.nn.Linear;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.Tensor;
import java.nio.file.Path;
import java.util.function.Consumer;

/** {@code CLIPModel} (Radford et al. 2021): each tower's pooled output through a projection. */
public final class Clip implements PairModel {
  private static final String SCALE = "logit_scale";

  private final ClipVision vision;
  private final ClipText text;
  private final Linear visualProjection;
  private final Linear textProjection;
  private final double initialScale;

  private Clip(HubConfig config) {
    vision = ClipVision.read(visionSection(config));
    text = ClipText.read(textSection(config));
    int width = config.size("projection_dim", 512);
    visualProjection = new Linear("visual_projection", vision.width(), width, false);
    textProjection = new Linear("text_projection", text.width(), width, false);
    initialScale = config.number("logit_scale_init_value", 2.6592);
  }

  /** The model that a configuration describes, without weights. */
  public static Clip of(HubConfig config) {
    return new Clip(config);
  }

  private static HubConfig visionSection(HubConfig config) {
    return config.sectionUnder("vision_config", "vision_config_dict");
  }

  private static HubConfig textSection(HubConfig config) {
    return config.sectionUnder("text_config", "text_config_dict");
  }

  /**
   * Reads a folder with model_type {@code clip}.
   *
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming what cannot be honoured
   */
  public static HubModel<PairModel> open(Path folder, HubConfig config) {
    return PairFolder.load(folder, config.modelType(), of(config), name -> false);
  }

  /**
   * The image tower alone, of a folder with model_type {@code clip} or {@code clip_vision_model}.
   */
  public static HubModel<VisionModel> openVision(Path folder, HubConfig config) {
    String type = config.modelType();
    ClipVision tower = ClipVision.read(type.equals("clip") ? visionSection(config) : config);
    return PairFolder.load(folder, type, tower, PairFolder::isTextSide);
  }

  /** The text tower alone, of a folder with model_type {@code clip} or {@code clip_text_model}. */
  public static HubModel<TextModel> openText(Path folder, HubConfig config) {
    String type = config.modelType();
    ClipText tower = ClipText.read(type.equals("clip") ? textSection(config) : config);
    return PairFolder.load(folder, type, tower, PairFolder::isImageSide);
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    vision.declare(sink);
    text.declare(sink);
    visualProjection.declare(sink);
    textProjection.declare(sink);
    sink.accept(
        new ParameterSpec(
            SCALE, new long[0], ParameterSpec.Role.SCALAR, new Initializer.Constant(initialScale)));
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
    return Math.toIntExact(visualProjection.out());
  }

  @Override
  public Tensor images(Forward f, Tensor pixels) {
    return f.ops().l2Normalize(visualProjection.apply(f, vision.pooled(f, pixels)));
  }

  @Override
  public Tensor texts(Forward f, TextBatch batch) {
    return f.ops().l2Normalize(textProjection.apply(f, text.pooled(f, batch)));
  }

  @Override
  public Tensor logitScale(Forward f) {
    return f.ops().exp(f.get(SCALE));
  }

  @Override
  public Tensor logits(Forward f, Tensor images, Tensor texts) {
    return f.ops().multiply(f.ops().matmul(images, texts, true), logitScale(f));
  }
}
