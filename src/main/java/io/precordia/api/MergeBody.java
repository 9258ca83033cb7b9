package io.precordia.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Body of a merge. */
@Schema(description = "The subject to report everything under from now on")
public record MergeBody(@Nullable String into) {}
