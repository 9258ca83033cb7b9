package io.precordia.serve.hub;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.HubImageProcessor;
import io.precordia.imaging.Picture;
import io.precordia.imaging.PixelValues;
import io.precordia.model.AdaptableEncoder;
import io.precordia.model.AdapterShare;
import io.precordia.model.AdapterSummary;
import io.precordia.model.BankedAdapters;
import io.precordia.model.RoutingListener;
import io.precordia.model.hub.AdapterNames;
import io.precordia.model.hub.HubModel;
import io.precordia.model.hub.PairModel;
import io.precordia.model.hub.TextBatch;
import io.precordia.model.hub.TextModel;
import io.precordia.model.hub.VisionModel;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.Layer;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.Parameters;
import io.precordia.report.ReportTokenizer;
import io.precordia.study.Ecg;
import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A hub folder as an encoder: two towers in one space, or a single image or text encoder, whose
 * pooled output then is the embedding. What the model has no tower for is refused with
 * UNSUPPORTED_MODALITY, so that ingest flags it. Thread-safe.
 */
final class HubEncoder implements AdaptableEncoder {
  private final ModelRef ref;
  private final Ops ops;
  private final BankedAdapters adapters;
  private final int dimension;
  private final @Nullable Images images;
  private final @Nullable Texts texts;
  private final float temperature;
  private final OptionalDouble bias;

  /** The image side: what prepares a picture, what takes it, and what embeds a batch. */
  private record Images(
      HubImageProcessor processor, VisionModel tower, BiFunction<Forward, Tensor, Tensor> embed) {}

  /** The text side. */
  private record Texts(
      ReportTokenizer tokenizer, TextModel tower, BiFunction<Forward, TextBatch, Tensor> embed) {}

  private HubEncoder(
      ModelRef ref,
      Ops ops,
      BankedAdapters adapters,
      int dimension,
      @Nullable Images images,
      @Nullable Texts texts,
      float temperature,
      OptionalDouble bias) {
    this.ref = ref;
    this.ops = ops;
    this.adapters = adapters;
    this.dimension = dimension;
    this.images = images;
    this.texts = texts;
    this.temperature = temperature;
    this.bias = bias;
  }

  private static BankedAdapters adapters(
      Ops ops, HubModel<? extends Layer> opened, Parameters parameters) {
    List<ParameterSpec> declared = opened.stored().specs();
    return new BankedAdapters(ops, parameters, declared, new AdapterNames(opened.type(), declared));
  }

  static HubEncoder pair(
      HubModel<PairModel> opened,
      HubImageProcessor processor,
      ReportTokenizer tokenizer,
      ModelRef ref,
      Ops ops) {
    PairModel model = opened.model();
    Parameters parameters = opened.parameters(ops);
    float scale;
    try (Scope scope = ops.scope()) {
      Forward plain = Forward.evaluation(ops, parameters, Adapters.NONE);
      scale = ops.download(model.logitScale(plain))[0];
    }
    boolean biased = opened.stored().contains("logit_bias");
    return new HubEncoder(
        ref,
        ops,
        adapters(ops, opened, parameters),
        model.dimension(),
        new Images(processor, model.vision(), model::images),
        new Texts(tokenizer, model.text(), model::texts),
        1 / scale,
        biased
            ? OptionalDouble.of(opened.stored().values("logit_bias")[0])
            : OptionalDouble.empty());
  }

  static HubEncoder vision(
      HubModel<VisionModel> opened, HubImageProcessor processor, ModelRef ref, Ops ops) {
    VisionModel model = opened.model();
    return new HubEncoder(
        ref,
        ops,
        adapters(ops, opened, opened.parameters(ops)),
        model.pooledWidth(),
        new Images(processor, model, (f, x) -> ops.l2Normalize(model.pooled(f, x))),
        null,
        1,
        OptionalDouble.empty());
  }

  static HubEncoder text(
      HubModel<TextModel> opened, ReportTokenizer tokenizer, ModelRef ref, Ops ops) {
    TextModel model = opened.model();
    return new HubEncoder(
        ref,
        ops,
        adapters(ops, opened, opened.parameters(ops)),
        model.pooledWidth(),
        null,
        new Texts(tokenizer, model, (f, batch) -> ops.l2Normalize(model.pooled(f, batch))),
        1,
        OptionalDouble.empty());
  }

  @Override
  public ModelRef ref() {
    return ref;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public float temperature() {
    return temperature;
  }

  @Override
  public OptionalDouble logitBias() {
    return bias;
  }

  @Override
  public Set<Modality> modalities() {
    Set<Modality> out = EnumSet.noneOf(Modality.class);
    if (images != null) {
      out.add(Modality.XRAY);
    }
    if (texts != null) {
      out.add(Modality.REPORT);
    }
    return out;
  }

  @Override
  public int tokens(Modality modality, Object item) {
    if (modality == Modality.XRAY && images != null) {
      return images.tower().patches();
    }
    if (modality == Modality.REPORT && texts != null) {
      TextModel tower = texts.tower();
      return tower.padsToMax()
          ? tower.maxTokens()
          : Math.max(1, texts.tokenizer().ids((String) item, tower.maxTokens()).length);
    }
    return 1;
  }

  @Override
  public float[][] embedXrays(List<Pixels> pictures) {
    return xrays(pictures, none(pictures), RoutingListener.NONE);
  }

  @Override
  public float[][] embedEcgs(List<Ecg> windows) {
    throw refused("ECGs");
  }

  @Override
  public float[][] embedTexts(List<String> sentences) {
    return texts(sentences, none(sentences), RoutingListener.NONE);
  }

  @Override
  @SuppressWarnings("unchecked") // the interface says what the items of a modality are
  public float[][] embed(
      Modality modality, List<?> items, List<@Nullable String> rows, RoutingListener routing) {
    return switch (modality) {
      case XRAY -> xrays((List<Pixels>) items, rows, routing);
      case ECG -> throw refused("ECGs");
      case REPORT -> texts((List<String>) items, rows, routing);
    };
  }

  private static List<@Nullable String> none(List<?> items) {
    return Collections.nCopies(items.size(), null);
  }

  private float[][] xrays(
      List<Pixels> pictures, List<@Nullable String> rows, RoutingListener routing) {
    Images side = images;
    if (side == null) {
      throw refused("X-rays");
    }
    if (side.processor().givesOneSize()) {
      return passes(side, pictures, rows, routing);
    }
    // Pictures that keep their proportions differ in size and cannot share a pass.
    float[][] out = new float[pictures.size()][];
    for (int i = 0; i < out.length; i++) {
      int at = i;
      out[i] =
          passes(
              side,
              pictures.subList(i, i + 1),
              rows.subList(i, i + 1),
              (row, shares) -> routing.routed(at, shares))[0];
    }
    return out;
  }

  private float[][] passes(
      Images side, List<Pixels> pictures, List<@Nullable String> rows, RoutingListener routing) {
    return adapters.embed(
        pictures,
        rows,
        dimension,
        routing,
        new BankedAdapters.Pass<>(
            (f, chunk) -> side.embed().apply(f, prepared(side, chunk)),
            (f, chunk) -> side.tower().states(f, prepared(side, chunk)),
            picture -> Integer.MAX_VALUE));
  }

  private Tensor prepared(Images side, List<Pixels> chunk) {
    List<PixelValues> prepared =
        chunk.stream()
            .map(p -> side.processor().process(picture(p, side.tower().channels())))
            .toList();
    PixelValues shape = prepared.getFirst();
    float[] all = new float[prepared.size() * shape.values().length];
    for (int i = 0; i < prepared.size(); i++) {
      float[] one = prepared.get(i).values();
      System.arraycopy(one, 0, all, i * one.length, one.length);
    }
    return ops.upload(all, prepared.size(), shape.channels(), shape.height(), shape.width());
  }

  private float[][] texts(
      List<String> sentences, List<@Nullable String> rows, RoutingListener routing) {
    Texts side = texts;
    if (side == null) {
      throw refused("texts");
    }
    return adapters.embed(
        sentences,
        rows,
        dimension,
        routing,
        new BankedAdapters.Pass<>(
            (f, chunk) -> side.embed().apply(f, tokens(side, chunk)),
            (f, chunk) -> side.tower().states(f, tokens(side, chunk)),
            text -> tokens(Modality.REPORT, text)));
  }

  private static TextBatch tokens(Texts side, List<String> sentences) {
    TextModel tower = side.tower();
    List<int[]> ids =
        sentences.stream().map(t -> side.tokenizer().ids(t, tower.maxTokens())).toList();
    return tower.padsToMax()
        ? TextBatch.full(ids, tower.padId(), tower.maxTokens())
        : TextBatch.of(ids, tower.padId());
  }

  @Override
  public AdapterSummary inspect(Path folder) {
    return adapters.inspect(folder);
  }

  @Override
  public void register(String sha256, Path folder) {
    adapters.register(sha256, folder);
  }

  @Override
  public void compose(String id, List<AdapterShare> shares) {
    adapters.compose(id, shares);
  }

  @Override
  public void unregister(String id) {
    adapters.unregister(id);
  }

  @Override
  public boolean resident(String id) {
    return adapters.resident(id);
  }

  /** 8 bits, as the reference's image processors take them. */
  private static Picture picture(Pixels pixels, int channels) {
    byte[] octets = new byte[pixels.values().length];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) Math.round(255 * Math.clamp(pixels.values()[i], 0f, 1f));
    }
    Picture grey = new Picture(pixels.width(), pixels.height(), 1, octets);
    return channels == 1 ? grey : grey.toRgb();
  }

  private PrecordiaException refused(String what) {
    return new PrecordiaException(
        ErrorCode.UNSUPPORTED_MODALITY, "the model " + ref.id() + " takes no " + what);
  }

  @Override
  public void close() {
    ops.close();
    if (texts != null) {
      texts.tokenizer().close();
    }
  }
}
