package io.precordia.cli;

import io.precordia.ingest.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search was asked for.
 *
 * @param file one file, or files that belong together; empty for a search by text or instance
 */
record SearchInputs(
    @Nullable String text,
    List<Part> file,
    @Nullable String instance,
    @Nullable String modality,
    @Nullable String filter,
    @Nullable Integer k,
    @Nullable Double words,
    @Nullable String group) {}
