package io.precordia.model.vision;

import io.precordia.model.hub.CheckpointNames;
import io.precordia.model.hub.HubConfig;
import io.precordia.model.hub.HubModel;
import io.precordia.model.hub.HubWeights;
import io.precordia.model.hub.VisionModel;
import io.precordia.nn.Forward;
import io.precordia.nn.LayerNorm;
import io.precordia.nn.Linear;
import io.precordia.nn.Mlp;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.PatchProjection;
import io.precordia.nn.PreNormConfig;
import io.precordia.nn.PreNormLayer;
import io.precordia.nn.PreNormStack;
import io.precordia.nn.ProjectedAttention;
import io.precordia.nn.TokenPick;
import io.precordia.tensor.Tensor;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code ViTModel} (Dosovitskiy et al. 2021): class token, learned positions, pre-norm layers. */
public final class Vit implements VisionModel {
  private static final String CLASS = "embeddings.cls_token";
  private static final String POSITIONS = "embeddings.position_embeddings";

  private final VitConfig config;
  private final PatchProjection patches;
  private final PreNormStack layers;
  private final LayerNorm norm;
  private final @Nullable Linear pooler;

  private Vit(VitConfig config, boolean pooled) {
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
    layers =
        new PreNormStack(
            IntStream.range(0, layer.depth())
                .mapToObj(i -> layer("encoder.layer." + i, layer))
                .toList());
    norm = new LayerNorm("layernorm", layer.width(), layer.eps());
    pooler = pooled ? new Linear("pooler.dense", layer.width(), config.poolerWidth(), true) : null;
  }

  private static PreNormLayer layer(String path, PreNormConfig config) {
    String attention = path + ".attention.attention.";
    return new PreNormLayer(
        new LayerNorm(path + ".layernorm_before", config.width(), config.eps()),
        new ProjectedAttention(
            attention + "query",
            attention + "key",
            attention + "value",
            path + ".attention.output.dense",
            config),
        null,
        new LayerNorm(path + ".layernorm_after", config.width(), config.eps()),
        new Mlp(path + ".intermediate.dense", path + ".output.dense", config),
        null,
        config.dropPath());
  }

  /**
   * Reads a folder with model_type {@code vit}; classes that wrap the model are accepted, their
   * heads left out.
   *
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming what cannot be honoured
   */
  public static HubModel<VisionModel> open(Path folder, HubConfig config) {
    CheckpointNames names = CheckpointNames.of("vit", "vit.");
    Vit model =
        new Vit(
            VitConfig.read(config),
            HubWeights.names(folder, names).contains("pooler.dense.weight"));
    return new HubModel<>(
        "vit", model, HubWeights.open(folder, model.parameters(), names, Vit::useless));
  }

  private static boolean useless(String name) {
    return name.startsWith("classifier.")
        || name.startsWith("decoder.")
        || name.equals("embeddings.mask_token");
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    int width = config.layer().width();
    sink.accept(SpecialTokens.embedding(CLASS, 1, 1, width));
    sink.accept(SpecialTokens.embedding(POSITIONS, 1, config.grid().patches() + 1L, width));
    patches.declare(sink);
    layers.declare(sink);
    norm.declare(sink);
    if (pooler != null) {
      pooler.declare(sink);
    }
  }

  @Override
  public Tensor states(Forward f, Tensor pixels) {
    return norm.apply(f, hidden(f, pixels, config.layer().depth()));
  }

  @Override
  public Tensor hidden(Forward f, Tensor pixels, int depth) {
    Tensor x = SpecialTokens.before(f, f.get(CLASS), patches.apply(f, pixels, imageSize()));
    Tensor placed = f.dropout(f.ops().add(x, f.get(POSITIONS)), config.layer().dropout());
    return layers.apply(f, placed, null, depth);
  }

  @Override
  public Tensor pooledOf(Forward f, Tensor states) {
    Tensor first = TokenPick.first(f.ops(), states);
    return pooler == null ? first : pooler.apply(f, first, config.poolerActivation());
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
  public int pooledWidth() {
    return pooler == null ? width() : config.poolerWidth();
  }
}
