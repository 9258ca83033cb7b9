package io.precordia.api.results;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How many instances a study will have. */
public record ExpectedBody(
    @Schema(description = "In all, 1 to 100000; null takes an announcement back", minimum = "1")
        @Nullable Integer expected) {}
