package io.precordia.api.view;

import io.precordia.model.explain.ModalityShares;
import io.precordia.study.ModelRef;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How much of a study's score comes from each modality, with provenance. */
public record SharesAnswer(
    @Schema(description = "Study that was asked; null for files") @Nullable String study,
    @Schema(
            description =
                "Of the study's vector: product with what asserts the text minus with what denies it")
        double score,
    List<Part> modalities,
    ModelRef model) {

  /** One modality's part. */
  public record Part(
      @Schema(enumeration = {"xray", "ecg", "report"}) String modality,
      @Schema(description = "Instances of it that were used") int instances,
      @Schema(description = "Score of the study with this modality only") double alone,
      @Schema(description = "Shapley value; all of them sum to the score") double contribution,
      @Schema(description = "Of the absolute contributions, 0 to 1") double share) {}

  /**
   * @param instances of each modality, by its name
   */
  public static SharesAnswer of(
      @Nullable String study,
      ModalityShares shares,
      Map<String, Integer> instances,
      ModelRef model) {
    return new SharesAnswer(
        study,
        shares.score(),
        shares.parts().stream()
            .map(
                p -> {
                  String name = p.modality().name().toLowerCase(Locale.ROOT);
                  return new Part(
                      name,
                      instances.getOrDefault(name, 0),
                      p.alone(),
                      p.contribution(),
                      p.share());
                })
            .toList(),
        model);
  }
}
