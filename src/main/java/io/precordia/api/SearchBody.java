package io.precordia.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A search by text or by a kept instance; defaults as documented. */
@Schema(
    name = "SearchBody",
    examples =
        "{\"text\":\"pleural effusion\",\"modality\":\"xray\",\"k\":10,\"filter\":\"sex:F age>=60\"}")
record SearchBody(
    @Schema(description = "Words to search by; exactly one of text and instance")
        @Nullable String text,
    @Schema(description = "A kept instance to search by") @Nullable String instance,
    @Schema(
            description = "Kind of hits",
            enumeration = {"xray", "ecg", "report", "any"},
            defaultValue = "any")
        @Nullable String modality,
    @Schema(description = "Conditions that hits must fulfil, see docs/api.md")
        @Nullable String filter,
    @Schema(description = "Number of hits", defaultValue = "10") @Nullable Integer k,
    @Schema(description = "Weight of report words in a text search, 0 to 1", defaultValue = "0")
        @Nullable Double words,
    @Schema(
            description = "What a hit stands for",
            enumeration = {"instance", "study", "subject"},
            defaultValue = "instance")
        @Nullable String group,
    @Schema(description = "ID or ID@ADAPTER that embeds the query; the service's own if absent")
        @Nullable String model) {}
