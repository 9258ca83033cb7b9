package io.precordia.model.vision;

import io.precordia.model.hub.CheckpointNames;
import io.precordia.model.hub.HubConfig;
import io.precordia.model.hub.HubModel;
import io.precordia.model.hub.HubWeights;
import io.precordia.model.hub.VisionModel;
import io.precordia.nn.Forward;
import io.precordia.nn.LayerNorm;
import io.precordia.nn.LayerScale;
import io.precordia.nn.Mlp;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.PatchProjection;
import io.precordia.nn.PreNormConfig;
import io.precordia.nn.PreNormLayer;
import io.precordia.nn.PreNormStack;
import io.precordia.nn.ProjectedAttention;
import io.precordia.nn.SwiGlu;
import io.precordia.nn.TokenPick;
import io.precordia.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * {@code Dinov2Model} (Oquab et al. 2024) and {@code Dinov2WithRegistersModel}: a ViT with layer
 * scale that takes any image size, its positions resized to the grid of patches. Tokens are class,
 * registers, patches; the pooled output is the class token's state.
 */
public final class Dinov2 implements VisionModel {
  private static final String CLASS = "embeddings.cls_token";
  private static final String POSITIONS = "embeddings.position_embeddings";
  private static final String REGISTERS = "embeddings.register_tokens";

  private final Dinov2Config config;
  private final PatchProjection patches;
  private final PositionGrid positions;
  private final PreNormStack layers;
  private final LayerNorm norm;

  private Dinov2(Dinov2Config config, boolean antialiased) {
    this.config = config;
    PreNormConfig layer = config.layer();
    ImageGrid grid = config.grid();
    patches =
        new PatchProjection(
            "embeddings.patch_embeddings.projection",
            grid.channels(),
            grid.patch(),
            layer.width(),
            true);
    positions = new PositionGrid(grid.side() / grid.patch(), antialiased);
    layers =
        new PreNormStack(
            IntStream.range(0, layer.depth()).mapToObj(i -> layer("encoder.layer." + i)).toList());
    norm = new LayerNorm("layernorm", layer.width(), layer.eps());
  }

  private PreNormLayer layer(String path) {
    PreNormConfig layer = config.layer();
    String attention = path + ".attention.attention.";
    String mlp = path + ".mlp";
    return new PreNormLayer(
        new LayerNorm(path + ".norm1", layer.width(), layer.eps()),
        new ProjectedAttention(
            attention + "query",
            attention + "key",
            attention + "value",
            path + ".attention.output.dense",
            layer),
        new LayerScale(path + ".layer_scale1", layer.width(), config.layerScale()),
        new LayerNorm(path + ".norm2", layer.width(), layer.eps()),
        // The reference's feed-forward part has no dropout.
        config.swiglu()
            ? new SwiGlu(mlp, layer.width(), layer.hidden())
            : new Mlp(
                mlp + ".fc1", mlp + ".fc2", layer.width(), layer.hidden(), layer.activation(), 0),
        new LayerScale(path + ".layer_scale2", layer.width(), config.layerScale()),
        layer.dropPath());
  }

  /** The model that a configuration describes, without weights. */
  public static Dinov2 of(HubConfig config) {
    boolean registers = config.modelType().equals("dinov2_with_registers");
    return new Dinov2(Dinov2Config.read(config, registers), registers);
  }

  /**
   * Reads a folder with model_type {@code dinov2} or {@code dinov2_with_registers}.
   *
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming what cannot be honoured
   */
  public static HubModel<VisionModel> open(Path folder, HubConfig config) {
    String type = config.modelType();
    Dinov2 model = of(config);
    return new HubModel<>(
        type,
        model,
        HubWeights.open(
            folder,
            model.parameters(),
            CheckpointNames.of(type, type + "."),
            name -> name.startsWith("classifier.") || name.equals("embeddings.mask_token")));
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    int width = config.layer().width();
    sink.accept(SpecialTokens.embedding(CLASS, 1, 1, width));
    sink.accept(
        SpecialTokens.embedding(
            POSITIONS, 1, 1 + (long) positions.side() * positions.side(), width));
    if (config.registers() > 0) {
      sink.accept(SpecialTokens.embedding(REGISTERS, 1, config.registers(), width));
    }
    patches.declare(sink);
    layers.declare(sink);
    norm.declare(sink);
  }

  @Override
  public Tensor states(Forward f, Tensor pixels) {
    return norm.apply(f, hidden(f, pixels, config.layer().depth()));
  }

  @Override
  public Tensor hidden(Forward f, Tensor pixels, int depth) {
    Tensor x = SpecialTokens.before(f, f.get(CLASS), patches.apply(f, pixels));
    int patch = config.grid().patch();
    Tensor places =
        positions.fit(
            f.ops(),
            f.get(POSITIONS),
            Math.toIntExact(pixels.size(2) / patch),
            Math.toIntExact(pixels.size(3) / patch));
    Tensor placed = f.ops().add(x, places);
    if (config.registers() > 0) {
      // Registers have no position: they come in behind the class token after positions are added.
      Tensor rest = f.ops().slice(placed, 1, 1, placed.size(1));
      placed =
          f.ops()
              .concat(
                  1,
                  List.of(
                      f.ops().slice(placed, 1, 0, 1),
                      SpecialTokens.before(f, f.get(REGISTERS), rest)));
    }
    return layers.apply(f, f.dropout(placed, config.layer().dropout()), null, depth);
  }

  @Override
  public Tensor pooledOf(Forward f, Tensor states) {
    return TokenPick.first(f.ops(), states);
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

  @Override
  public boolean takesOtherSizes() {
    return true;
  }
}
