package io.precordia.train.adapter;

import io.precordia.model.more.MoreModel;
import io.precordia.nn.Forward;
import io.precordia.report.ReportTokenizer;
import io.precordia.study.Modality;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.train.eval.WeightsEmbedder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Embeds the validation pairs and compares the adapter with its base. Not thread-safe. */
final class AdapterValidation {
  private final Ops ops;
  private final MoreModel model;
  private final ReportTokenizer tokenizer;
  private final Map<Modality, List<SitePair>> pairs;
  private final double temperature;

  AdapterValidation(
      Ops ops,
      MoreModel model,
      ReportTokenizer tokenizer,
      Map<Modality, List<SitePair>> pairs,
      double temperature) {
    this.ops = ops;
    this.model = model;
    this.tokenizer = tokenizer;
    this.pairs = pairs;
    this.temperature = temperature;
  }

  boolean possible() {
    return !pairs.isEmpty();
  }

  /**
   * Embeds.
   *
   * @param forward asked for inside a scope
   * @param frozen vectors of the base, of kinds whose branch has no adapted layer
   */
  Map<Modality, PairVectors> vectors(Supplier<Forward> forward, Map<Modality, PairVectors> frozen) {
    Map<Modality, PairVectors> out = new EnumMap<>(Modality.class);
    try (Scope scope = ops.scope()) {
      WeightsEmbedder embedder = new WeightsEmbedder(ops, model, forward.get(), tokenizer);
      pairs.forEach(
          (kind, some) -> {
            PairVectors known = frozen.get(kind);
            float[][] images = known == null ? PairVectors.images(some, embedder) : known.images();
            out.put(kind, PairVectors.of(some, images, embedder));
          });
    }
    return out;
  }

  /** Mean over the kinds. */
  double loss(Map<Modality, PairVectors> vectors) {
    return vectors.values().stream().mapToDouble(v -> v.loss(temperature)).average().orElseThrow();
  }

  static List<RetrievalFigure> figures(
      Map<Modality, PairVectors> base, Map<Modality, PairVectors> adapted) {
    List<RetrievalFigure> out = new ArrayList<>();
    base.forEach(
        (kind, vectors) -> {
          PairVectors other = adapted.get(kind);
          if (other != null) {
            out.addAll(RetrievalFigure.of(kind, vectors, other));
          }
        });
    return out;
  }
}
