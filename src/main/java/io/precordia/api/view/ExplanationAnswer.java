package io.precordia.api.view;

import io.precordia.model.explain.EcgRelevance;
import io.precordia.model.explain.Explanation;
import io.precordia.model.explain.XrayRelevance;
import io.precordia.study.Lead;
import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where the model looked for a text, as numbers, with provenance. */
public record ExplanationAnswer(
    @Schema(enumeration = {"xray", "ecg"}) String modality,
    @Schema(enumeration = {"rollout", "gradient", "salient", "relevance"}) String method,
    @Schema(description = "Cosine with what asserts the text minus cosine with what denies it")
        double score,
    @Schema(description = "Of an X-ray; null for an ECG") @Nullable Grid xray,
    @Schema(description = "Of an ECG; null for an X-ray") @Nullable Tracing ecg,
    ModelRef model) {

  /** Cells that cover the whole image evenly. */
  public record Grid(
      int rows,
      int columns,
      @Schema(description = "Row by row from the top, the largest is 1") float[][] cells) {}

  /** Relevance of the first ten seconds. */
  public record Tracing(double rateHz, int samples, List<LeadRelevance> leads) {}

  /** One lead's part. */
  public record LeadRelevance(
      String lead,
      @Schema(description = "Share of all relevance") float share,
      @Schema(description = "The largest of all leads is 1") float[] values) {}

  public static ExplanationAnswer of(Modality modality, Explanation explanation, ModelRef model) {
    Grid grid = null;
    Tracing tracing = null;
    switch (explanation.map().normalised()) {
      case XrayRelevance x -> grid = new Grid(x.rows(), x.columns(), x.cells());
      case EcgRelevance e -> {
        List<LeadRelevance> leads = new ArrayList<>();
        float[] shares = e.leadShares();
        for (Lead lead : Lead.values()) {
          int row = lead.ordinal();
          leads.add(new LeadRelevance(lead.name(), shares[row], e.leads()[row]));
        }
        tracing = new Tracing(e.rateHz(), e.samples(), leads);
      }
    }
    return new ExplanationAnswer(
        modality.name().toLowerCase(Locale.ROOT),
        explanation.method().id(),
        explanation.score(),
        grid,
        tracing,
        model);
  }
}
