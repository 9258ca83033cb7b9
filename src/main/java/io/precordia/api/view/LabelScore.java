package io.precordia.api.view;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One label's result. */
public record LabelScore(
    String label,
    @Schema(description = "Over the labels asked for; they sum to 1") double probability,
    @Schema(description = "Cosine with the label's prompts, the mean over an ECG's windows")
        double score) {}
