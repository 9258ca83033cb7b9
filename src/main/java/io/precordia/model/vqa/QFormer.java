package io.precordia.model.vqa;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.hub.HubConfig;
import io.precordia.model.hub.HubWeights;
import io.precordia.nn.Forward;
import io.precordia.nn.Layer;
import io.precordia.nn.LayerNorm;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.StoredParameters;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@code Blip2QFormerModel} (Li et al. 2023): learned queries read an image into a fixed number of
 * tokens. Parameters have the hub's names. Stateless.
 */
public final class QFormer implements Layer {
  private final QFormerConfig config;
  private final LayerNorm norm;
  private final List<QFormerLayer> layers = new ArrayList<>();

  public QFormer(QFormerConfig config) {
    this.config = config;
    this.norm = new LayerNorm("layernorm", config.layer().width(), config.layer().eps());
    for (int i = 0; i < config.depth(); i++) {
      layers.add(new QFormerLayer("encoder.layer." + i, config, i % config.crossFrequency() == 0));
    }
  }

  /**
   * @throws PrecordiaException BAD_WEIGHTS naming the configuration value or array that cannot be
   *     honoured
   */
  public static VqaFolder<QFormer> open(Path folder) {
    QFormer model = new QFormer(QFormerConfig.read(HubConfig.read(folder)));
    StoredParameters stored =
        HubWeights.open(folder, model.parameters(), UnaryOperator.identity(), name -> false);
    return new VqaFolder<>(model, stored);
  }

  public QFormerConfig config() {
    return config;
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    norm.declare(sink);
    layers.forEach(l -> l.declare(sink));
  }

  /**
   * Queries alone.
   *
   * @param queries [n, queries, width]
   * @param image [n, patches, encoderWidth]
   * @param imageMask [n, patches], 1 for real ones; null if all are
   * @return last hidden state [n, queries, width]
   */
  public Tensor apply(Forward f, Tensor queries, Tensor image, @Nullable Tensor imageMask) {
    int count = Math.toIntExact(queries.size(1));
    return apply(f, queries, new QFormerPass(count, null, image, imageMask));
  }

  /**
   * Queries with embedded text behind them.
   *
   * @param embeddings [n, queries + text, width]
   * @return last hidden state, same shape
   * @throws PrecordiaException INVALID_ARGUMENT if there is text and the model takes none
   */
  public Tensor apply(Forward f, Tensor embeddings, QFormerPass pass) {
    if (embeddings.size(1) != pass.queries() && !config.textInput()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "this Q-Former takes queries only, no text");
    }
    Tensor y = f.dropout(norm.apply(f, embeddings), config.layer().dropout());
    for (QFormerLayer layer : layers) {
      try (Scope scope = f.ops().scope()) {
        y = scope.keep(layer.apply(f, y, pass));
      }
    }
    return y;
  }
}
