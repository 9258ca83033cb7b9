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
        @Nullable Double presence) {}
