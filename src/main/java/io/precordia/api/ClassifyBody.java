package io.precordia.api;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Zero-shot classification of a kept instance or of a text. */
@Schema(
    name = "ClassifyBody",
    examples =
        "{\"instance\":\"9f86d081884c7d659a2feaa0c55ad015\",\"labels\":[\"pleural effusion\",\"no finding\"]}")
record ClassifyBody(
    @Nullable String instance,
    @Nullable String text,
    @Schema(description = "2 to 100 different labels") @Nullable List<@Nullable String> labels,
    @Schema(description = "Sentences for a label, instead of the standard ones")
        @Nullable Map<String, List<String>> prompts,
    @Schema(description = "ID or ID@ADAPTER; the service's own model if absent")
        @Nullable String model) {}
