package io.precordia.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body of a look-up of a subject; identifiers never stand in an address, where they would be
 * logged.
 */
@Schema(description = "A patient identifier with its issuer")
public record FindSubjectBody(
    @Nullable String identifier,
    @Schema(
            description =
                "Issuer of Patient ID or assigning authority; the default issuer if absent")
        @Nullable String issuer) {}
