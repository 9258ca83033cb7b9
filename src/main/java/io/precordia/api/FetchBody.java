package io.precordia.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What to fetch.
 *
 * @param from configured name of the peer
 * @param study Study Instance UID
 */
@Schema(name = "FetchRequest")
public record FetchBody(
    @Schema(required = true, description = "Configured name of the peer") @Nullable String from,
    @Schema(required = true, description = "Study Instance UID") @Nullable String study) {}
