package io.precordia.train.eval;

import io.precordia.study.Modality;
import io.precordia.train.data.Corpora;
import io.precordia.train.metrics.Auroc;
import io.precordia.train.metrics.PrecisionAtK;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The zero-shot figures that a run is judged by: AUROC of prompt contrasts on real data, precision
 * of text queries on simulated triples.
 */
public final class ZeroShot {
  private static final int K = 10;
  private static final int LEAST_POSITIVES = 10;

  private final FactVocabulary facts;

  public ZeroShot(FactVocabulary facts) {
    this.facts = facts;
  }

  /**
   * Figures by name; the last, {@code score}, is their mean over tasks. A source without studies is
   * left out.
   */
  public Map<String, Double> figures(Corpora data, BranchEmbedder embedder) {
    Map<String, Double> out = new LinkedHashMap<>();
    List<Double> tasks = new ArrayList<>();
    if (!data.ptbxl().isEmpty()) {
      Gallery ecgs = Gallery.of(Modality.ECG, data.ptbxl(), embedder);
      List<Double> areas = new ArrayList<>();
      facts
          .superclasses()
          .forEach(
              (name, fact) -> {
                double area = auroc(ecgs, fact, embedder);
                out.put("ptbxl_auroc_" + name, area);
                areas.add(area);
              });
      double macro = Auroc.macro(areas.stream().mapToDouble(Double::doubleValue).toArray());
      out.put("ptbxl_auroc_macro", macro);
      out.put("ptbxl_auroc_afib", auroc(ecgs, facts.get("atrial-fibrillation"), embedder));
      tasks.add(macro);
    }
    if (!data.kermany().isEmpty()) {
      Gallery xrays = Gallery.of(Modality.XRAY, data.kermany(), embedder);
      double area = auroc(xrays, facts.get("pneumonia"), embedder);
      out.put("kermany_auroc_pneumonia", area);
      tasks.add(area);
    }
    if (!data.nih().isEmpty()) {
      for (String view : List.of("AP", "PA")) {
        Gallery xrays =
            Gallery.of(
                Modality.XRAY,
                data.nih().stream().filter(s -> s.group().equals(view)).toList(),
                embedder);
        out.put("nih_auroc_pneumonia_" + view, auroc(xrays, facts.get("pneumonia"), embedder));
      }
    }
    for (Modality modality : List.of(Modality.XRAY, Modality.ECG)) {
      double precision =
          precision(Gallery.of(modality, data.simulated(), embedder), embedder, modality);
      out.put("simulated_p10_" + (modality == Modality.XRAY ? "xray" : "ecg"), precision);
      tasks.add(precision);
    }
    out.put("score", tasks.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN));
    return out;
  }

  private double auroc(Gallery gallery, Fact fact, BranchEmbedder embedder) {
    if (gallery.studies().isEmpty()) {
      return Double.NaN;
    }
    return Auroc.of(
        gallery.scores(PromptEnsemble.of(fact, embedder).contrast()), gallery.present(fact));
  }

  /** Mean over facts with enough positives of the precision of a text query for the fact. */
  private double precision(Gallery gallery, BranchEmbedder embedder, Modality modality) {
    double sum = 0;
    int queries = 0;
    for (Fact fact : facts.of(modality)) {
      boolean[] present = gallery.present(fact);
      int positives = 0;
      for (boolean p : present) {
        positives += p ? 1 : 0;
      }
      if (positives >= LEAST_POSITIVES) {
        double[] scores = gallery.scores(PromptEnsemble.of(fact, embedder).asserted());
        sum += PrecisionAtK.of(scores, present, K);
        queries++;
      }
    }
    return queries == 0 ? Double.NaN : sum / queries;
  }
}
