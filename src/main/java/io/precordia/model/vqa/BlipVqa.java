package io.precordia.model.vqa;

import io.precordia.error.PrecordiaException;
import io.precordia.model.hub.HubConfig;
import io.precordia.model.hub.HubWeights;
import io.precordia.model.hub.TiedWeights;
import io.precordia.nn.Forward;
import io.precordia.nn.GreedyDecoding;
import io.precordia.nn.KeyValueCache;
import io.precordia.nn.KeyValues;
import io.precordia.nn.Layer;
import io.precordia.nn.NextTokenLoss;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.StoredParameters;
import io.precordia.nn.TokenRows;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code BlipForQuestionAnswering} (Li et al. 2022): a vision model, a question encoder that reads
 * the image, an answer decoder that reads the question. Parameters have the hub's names. Stateless.
 */
public final class BlipVqa implements Layer {
  private static final String PREDICTIONS = "text_decoder.cls.predictions";

  private final BlipVqaConfig config;
  private final BlipVision vision;
  private final BlipText encoder;
  private final BlipText decoder;
  private final BlipHead head;

  public BlipVqa(BlipVqaConfig config) {
    this.config = config;
    this.vision = new BlipVision("vision_model", config.vision());
    this.encoder = new BlipText("text_encoder", config.text());
    this.decoder = new BlipText("text_decoder.bert", config.text());
    this.head = new BlipHead(PREDICTIONS, config.text(), decoder.wordWeight());
  }

  /**
   * @throws PrecordiaException BAD_WEIGHTS naming the configuration value or array that cannot be
   *     honoured
   */
  public static VqaFolder<BlipVqa> open(Path folder) {
    BlipVqa model = new BlipVqa(BlipVqaConfig.read(HubConfig.read(folder)));
    return new VqaFolder<>(model, model.stored(folder));
  }

  private StoredParameters stored(Path folder) {
    String bias = PREDICTIONS + ".bias";
    if (!config.text().tied()) {
      // An untied head adds decoder.bias; the other bias is left over in the file.
      return HubWeights.open(folder, parameters(), n -> n, n -> n.equals(bias) || positionIds(n));
    }
    TiedWeights tied =
        new TiedWeights(
            folder,
            Map.of(
                PREDICTIONS + ".decoder.weight",
                decoder.wordWeight(),
                PREDICTIONS + ".decoder.bias",
                bias));
    return HubWeights.open(
        folder, parameters(), tied.rename(), n -> tied.isCopy(n) || positionIds(n));
  }

  private static boolean positionIds(String name) {
    return name.endsWith(".embeddings.position_ids");
  }

  public BlipVqaConfig config() {
    return config;
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    vision.declare(sink);
    encoder.declare(sink);
    decoder.declare(sink);
    head.declare(sink);
  }

  /** Pixel values [n, 3, image, image] to states [n, patches + 1, width], class token first. */
  public Tensor image(Forward f, Tensor pixels) {
    return vision.apply(f, pixels);
  }

  /**
   * Question states [n, tokens, width]; rows at padding are without meaning.
   *
   * @param ids INT [n, tokens]
   * @param mask [n, tokens], 1 for real tokens; null if all are
   * @param image states of {@link #image}
   */
  public Tensor question(Forward f, Tensor ids, @Nullable Tensor mask, Tensor image) {
    return encoder.encode(f, ids, mask, encoder.memory(f, image));
  }

  /**
   * Mean cross-entropy of answers, a scalar: the decoder reads them and every token is predicted
   * from those before it, so the first (normally {@code bos}) is given. As in the reference, the
   * decoder reads all question states, also those at padding.
   *
   * @param question states of {@link #question}
   */
  public Tensor loss(Forward f, Tensor question, TokenRows answers) {
    Tensor ids = answers.ids(f.ops(), config.text().vocabulary());
    Tensor states = decoder.decode(f, ids, decoder.memory(f, question), null);
    return NextTokenLoss.of(
        f.ops(), head.apply(f, states), answers, config.text().labelSmoothing());
  }

  /**
   * Answers one question by the most probable tokens.
   *
   * @param question states [1, tokens, width] of {@link #question}
   * @param maxNew most tokens of the answer
   * @return the answer's tokens behind {@code bos}, with {@code sep} if it ended by itself
   */
  public int[] answer(Forward f, Tensor question, int maxNew) {
    BlipTextConfig text = config.text();
    try (Scope scope = f.ops().scope()) {
      List<KeyValues> memory = decoder.memory(f, question);
      KeyValueCache cache = decoder.cache(f.ops(), 1 + maxNew);
      return GreedyDecoding.run(
          f.ops(),
          new int[] {text.bos()},
          maxNew,
          Set.of(text.sep()),
          tokens -> nextLogits(f, tokens, memory, cache));
    }
  }

  private Tensor nextLogits(Forward f, int[] tokens, List<KeyValues> memory, KeyValueCache cache) {
    int vocabulary = config.text().vocabulary();
    Tensor ids = TokenRows.of(new int[][] {tokens}).ids(f.ops(), vocabulary);
    Tensor states = decoder.decode(f, ids, memory, cache);
    Tensor last = f.ops().slice(states, 1, tokens.length - 1, tokens.length);
    return f.ops().reshape(head.apply(f, last), 1, vocabulary);
  }
}
