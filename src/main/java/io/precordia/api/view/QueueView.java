package io.precordia.api.view;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How much waits. */
public record QueueView(
    @Schema(description = "Instances accepted and not yet processed") int pending,
    @Schema(description = "Items before the encoder") int embedding) {}
