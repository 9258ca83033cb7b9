package io.precordia.model.text;

import io.precordia.model.hub.CheckpointNames;
import io.precordia.model.hub.HubConfig;
import io.precordia.model.hub.HubModel;
import io.precordia.model.hub.HubWeights;
import io.precordia.model.hub.TextBatch;
import io.precordia.model.hub.TextModel;
import io.precordia.nn.Forward;
import io.precordia.nn.Linear;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.TokenPick;
import io.precordia.tensor.Activation;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code BertModel} (Devlin et al. 2019): post-norm encoder, tanh pooler of the first token. */
public final class Bert implements TextModel {
  private final BertConfig config;
  private final BertEmbeddings embeddings;
  private final List<BertLayer> layers;
  private final @Nullable Linear pooler;

  private Bert(BertConfig config, boolean pooled) {
    this.config = config;
    embeddings = new BertEmbeddings(config);
    layers =
        IntStream.range(0, config.depth())
            .mapToObj(i -> BertLayer.of("encoder.layer." + i, config.layer()))
            .toList();
    pooler = pooled ? new Linear("pooler.dense", width(), width(), true) : null;
  }

  /**
   * Reads a folder with model_type {@code bert}; classes that wrap the model are accepted, their
   * heads left out.
   *
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming what cannot be honoured
   */
  public static HubModel<TextModel> open(Path folder, HubConfig config) {
    return open(
        folder,
        config.modelType(),
        "bert.",
        BertConfig.bert(config),
        name -> name.startsWith("cls."));
  }

  static HubModel<TextModel> open(
      Path folder, String type, String wrapper, BertConfig config, Predicate<String> head) {
    CheckpointNames names = CheckpointNames.of(type, wrapper);
    Bert model = new Bert(config, HubWeights.names(folder, names).contains("pooler.dense.weight"));
    return new HubModel<>(
        type,
        model,
        HubWeights.open(folder, model.parameters(), names, head.or(Bert::isTaskHeadOrBuffer)));
  }

  private static boolean isTaskHeadOrBuffer(String name) {
    return name.startsWith("classifier.")
        || name.startsWith("qa_outputs.")
        || name.equals("embeddings.position_ids")
        || name.equals("embeddings.token_type_ids");
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    embeddings.declare(sink);
    layers.forEach(l -> l.declare(sink));
    if (pooler != null) {
      pooler.declare(sink);
    }
  }

  @Override
  public Tensor states(Forward f, TextBatch batch) {
    Tensor y = embeddings.apply(f, batch);
    Tensor mask = batch.keyMask(f.ops());
    for (BertLayer layer : layers) {
      try (Scope scope = f.ops().scope()) {
        y = scope.keep(layer.apply(f, y, mask));
      }
    }
    return y;
  }

  @Override
  public Tensor pooledOf(Forward f, Tensor states, TextBatch batch) {
    Tensor first = TokenPick.first(f.ops(), states);
    return pooler == null ? first : pooler.apply(f, first, Activation.TANH);
  }

  @Override
  public int maxTokens() {
    return config.maxTokens();
  }

  @Override
  public int padId() {
    return config.padId();
  }

  @Override
  public int width() {
    return config.layer().width();
  }
}
