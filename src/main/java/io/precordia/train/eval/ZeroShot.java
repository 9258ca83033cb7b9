package io.precordia.train.eval;

import io.precordia.study.Modality;
import io.precordia.train.data.Corpora;
import io.precordia.train.data.StudySample;
import io.precordia.train.metrics.Auroc;
import io.precordia.train.metrics.PrecisionAtK;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The zero-shot figures that a run is judged by: AUROC of prompt contrasts (denials with weight 1,
 * whatever a calibration will choose) on real data, precision of text queries on simulated triples.
 */
public final class ZeroShot {
  private static final int K = 10;
  private static final int LEAST_POSITIVES = 10;
  private static final int CHUNK = 128;

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
      double views = 0;
      for (String view : List.of("AP", "PA")) {
        Gallery xrays =
            Gallery.of(
                Modality.XRAY,
                data.nih().stream().filter(s -> s.group().equals(view)).toList(),
                embedder);
        double area = auroc(xrays, facts.get("pneumonia"), embedder);
        out.put("nih_auroc_pneumonia_" + view, area);
        views += area / 2;
      }
      tasks.add(views);
    }
    float[][] reports = reports(data.simulated(), embedder);
    for (Modality modality : List.of(Modality.XRAY, Modality.ECG)) {
      String name = modality == Modality.XRAY ? "xray" : "ecg";
      Gallery gallery = Gallery.of(modality, data.simulated(), embedder);
      double precision = precision(gallery, embedder, modality);
      out.put("simulated_p10_" + name, precision);
      tasks.add(precision);
      double partner = partner(gallery.vectors(), reports);
      out.put("simulated_partner_r10_" + name, partner);
      tasks.add(partner);
    }
    out.put("score", tasks.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN));
    return out;
  }

  /** Vectors of the whole reports. */
  private static float[][] reports(List<StudySample> studies, BranchEmbedder embedder) {
    List<float[]> out = new ArrayList<>();
    for (int from = 0; from < studies.size(); from += CHUNK) {
      List<String> texts =
          studies.subList(from, Math.min(studies.size(), from + CHUNK)).stream()
              .map(StudySample::report)
              .toList();
      out.addAll(List.of(embedder.texts(texts)));
    }
    return out.toArray(float[][]::new);
  }

  /** Share of the queries whose own partner is among the ten nearest. */
  private static double partner(float[][] queries, float[][] gallery) {
    int found = 0;
    for (int i = 0; i < queries.length; i++) {
      double own = product(queries[i], gallery[i]);
      int nearer = 0;
      for (float[] other : gallery) {
        nearer += product(queries[i], other) > own ? 1 : 0;
      }
      found += nearer < K ? 1 : 0;
    }
    return (double) found / queries.length;
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (double) a[d] * b[d];
    }
    return sum;
  }

  private double auroc(Gallery gallery, Fact fact, BranchEmbedder embedder) {
    if (gallery.studies().isEmpty()) {
      return Double.NaN;
    }
    return Auroc.of(
        gallery.scores(PromptEnsemble.of(fact, embedder::texts).direction(1)),
        gallery.present(fact));
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
        double[] scores = gallery.scores(PromptEnsemble.of(fact, embedder::texts).asserted());
        sum += PrecisionAtK.of(scores, present, K);
        queries++;
      }
    }
    return queries == 0 ? Double.NaN : sum / queries;
  }
}
