package io.precordia.serve.adapters;

import io.precordia.model.AdapterSummary;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One immutable version that a name stands or stood for.
 *
 * @param name movable tag
 * @param sha256 digest over the folder's files
 * @param base digest of the model that it was validated against
 * @param previous digest that the name stood for before, null for the first
 * @param registered when
 */
public record AdapterVersion(
    String name,
    String sha256,
    String base,
    @Nullable String previous,
    Instant registered,
    AdapterSummary summary) {}
