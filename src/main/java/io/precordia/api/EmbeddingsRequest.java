package io.precordia.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Texts, kept instances, or both; texts come first in the answer. */
@Schema(
    name = "EmbeddingsRequest",
    examples = "{\"texts\":[\"left pleural effusion\",\"atrial fibrillation\"]}")
record EmbeddingsRequest(
    @Nullable List<@Nullable String> texts,
    @Nullable List<@Nullable String> instances,
    @Schema(description = "ID or ID@ADAPTER for all items; the service's own model if absent")
        @Nullable String model,
    @Schema(description = "ID or ID@ADAPTER item by item, texts first; null for `model`")
        @Nullable List<@Nullable String> models) {}
