package io.precordia.api.view;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Another study of the subject that belongs to the same encounter, and by which rule. */
@Schema(description = "Another study of the subject that belongs to the same encounter")
public record StudyLink(
    String study,
    @Schema(enumeration = {"xray", "ecg", "report"}) List<String> modalities,
    @Schema(description = "Days between the nearest dates of the two studies") long days,
    @Schema(description = "The rule that linked them") String rule,
    @Schema(description = "The window of that rule, in days") long window) {}
