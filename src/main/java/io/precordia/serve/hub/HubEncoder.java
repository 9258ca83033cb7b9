package io.precordia.serve.hub;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.HubImageProcessor;
import io.precordia.imaging.Picture;
import io.precordia.imaging.PixelValues;
import io.precordia.model.Embeddings;
import io.precordia.model.Encoder;
import io.precordia.model.hub.HubModel;
import io.precordia.model.hub.PairModel;
import io.precordia.model.hub.TextBatch;
import io.precordia.model.hub.TextModel;
import io.precordia.model.hub.VisionModel;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.Layer;
import io.precordia.report.ReportTokenizer;
import io.precordia.study.Ecg;
import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A hub folder as an encoder: two towers in one space, or a single image or text encoder, whose
 * pooled output then is the embedding. What the model has no tower for is refused with
 * UNSUPPORTED_MODALITY, so that ingest flags it. Thread-safe.
 */
final class HubEncoder implements Encoder {
  private static final int CHUNK = 32;

  private final ModelRef ref;
  private final Ops ops;
  private final Forward forward;
  private final int dimension;
  private final @Nullable Images images;
  private final @Nullable Texts texts;
  private final float temperature;
  private final OptionalDouble bias;

  /** The image side: what prepares a picture, what takes it, and what embeds a batch. */
  private record Images(
      HubImageProcessor processor, VisionModel tower, Function<Tensor, Tensor> embed) {}

  /** The text side. */
  private record Texts(
      ReportTokenizer tokenizer, TextModel tower, Function<TextBatch, Tensor> embed) {}

  private HubEncoder(
      ModelRef ref,
      Ops ops,
      Forward forward,
      int dimension,
      @Nullable Images images,
      @Nullable Texts texts,
      float temperature,
      OptionalDouble bias) {
    this.ref = ref;
    this.ops = ops;
    this.forward = forward;
    this.dimension = dimension;
    this.images = images;
    this.texts = texts;
    this.temperature = temperature;
    this.bias = bias;
  }

  private static Forward forward(Ops ops, HubModel<? extends Layer> opened) {
    return Forward.evaluation(ops, opened.parameters(ops), Adapters.NONE);
  }

  static HubEncoder pair(
      HubModel<PairModel> opened,
      HubImageProcessor processor,
      ReportTokenizer tokenizer,
      ModelRef ref,
      Ops ops) {
    PairModel model = opened.model();
    Forward f = forward(ops, opened);
    float scale;
    try (Scope scope = ops.scope()) {
      scale = ops.download(model.logitScale(f))[0];
    }
    boolean biased = opened.stored().contains("logit_bias");
    return new HubEncoder(
        ref,
        ops,
        f,
        model.dimension(),
        new Images(processor, model.vision(), x -> model.images(f, x)),
        new Texts(tokenizer, model.text(), batch -> model.texts(f, batch)),
        1 / scale,
        biased
            ? OptionalDouble.of(opened.stored().values("logit_bias")[0])
            : OptionalDouble.empty());
  }

  static HubEncoder vision(
      HubModel<VisionModel> opened, HubImageProcessor processor, ModelRef ref, Ops ops) {
    VisionModel model = opened.model();
    Forward f = forward(ops, opened);
    return new HubEncoder(
        ref,
        ops,
        f,
        model.pooledWidth(),
        new Images(processor, model, x -> ops.l2Normalize(model.pooled(f, x))),
        null,
        1,
        OptionalDouble.empty());
  }

  static HubEncoder text(
      HubModel<TextModel> opened, ReportTokenizer tokenizer, ModelRef ref, Ops ops) {
    TextModel model = opened.model();
    Forward f = forward(ops, opened);
    return new HubEncoder(
        ref,
        ops,
        f,
        model.pooledWidth(),
        null,
        new Texts(tokenizer, model, batch -> ops.l2Normalize(model.pooled(f, batch))),
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
    Images side = images;
    if (side == null) {
      throw refused("X-rays");
    }
    return chunked(
        pictures,
        chunk -> {
          List<float[]> prepared = new ArrayList<>();
          @Nullable PixelValues shape = null;
          for (Pixels pixels : chunk) {
            shape = side.processor().process(picture(pixels, side.tower().channels()));
            prepared.add(shape.values());
          }
          float[] all = new float[prepared.size() * prepared.getFirst().length];
          for (int i = 0; i < prepared.size(); i++) {
            float[] one = prepared.get(i);
            System.arraycopy(one, 0, all, i * one.length, one.length);
          }
          PixelValues last = java.util.Objects.requireNonNull(shape);
          return side.embed()
              .apply(
                  ops.upload(all, prepared.size(), last.channels(), last.height(), last.width()));
        });
  }

  @Override
  public float[][] embedEcgs(List<Ecg> windows) {
    throw refused("ECGs");
  }

  @Override
  public float[][] embedTexts(List<String> sentences) {
    Texts side = texts;
    if (side == null) {
      throw refused("texts");
    }
    TextModel tower = side.tower();
    return chunked(
        sentences,
        chunk -> {
          List<int[]> ids =
              chunk.stream().map(t -> side.tokenizer().ids(t, tower.maxTokens())).toList();
          return side.embed()
              .apply(
                  tower.padsToMax()
                      ? TextBatch.full(ids, tower.padId(), tower.maxTokens())
                      : TextBatch.of(ids, tower.padId()));
        });
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

  private <T> float[][] chunked(List<T> all, Function<List<T>, Tensor> embed) {
    List<float[]> out = new ArrayList<>(all.size());
    for (int from = 0; from < all.size(); from += CHUNK) {
      List<T> chunk = all.subList(from, Math.min(all.size(), from + CHUNK));
      try (Scope scope = ops.scope()) {
        out.addAll(Embeddings.rows(ops.download(embed.apply(chunk)), dimension));
      }
    }
    return out.toArray(float[][]::new);
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
