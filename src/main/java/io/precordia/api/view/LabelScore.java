package io.precordia.api.view;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One label's result. */
public record LabelScore(
    String label,
    @Schema(description = "Over the labels asked for; they sum to 1") double probability,
    @Schema(description = "Cosine with the label's prompts, the mean over an ECG's windows")
        double score,
    @Schema(
            description =
                "Probability that the finding is present, calibrated on real validation patients; absent for a label without calibration")
        @Nullable Double presence,
    @Schema(
            description =
                "What presence says at the stated coverage; absent for a label without calibration",
            enumeration = {"present", "absent", "abstain"})
        @Nullable String decision,
    @Schema(
            description =
                "Share of the validation patients that a decision was made for; the others would abstain")
        @Nullable Double coverage,
    @Schema(
            description =
                "True where the label's text is far from everything the model was trained to name; its score then means nothing. Absent otherwise")
        @Nullable Boolean untrained,
    @Schema(description = "What to know before the result is used") @Nullable String message) {}
