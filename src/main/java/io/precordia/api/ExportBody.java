package io.precordia.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is to be exported, and how.
 *
 * @param instances ids; null for none
 * @param studies ids; null for none
 * @param subjects ids; null for none. Where nothing is named, everything that is kept counts
 * @param filter as of searches; null for no restriction
 * @param deidentify name of a profile; null for the files as they came
 */
public record ExportBody(
    @Nullable List<String> instances,
    @Nullable List<String> studies,
    @Nullable List<String> subjects,
    @Schema(description = "Conditions as of searches, for example modality:xray age>=60")
        @Nullable String filter,
    @Schema(description = "basic, research or a configured profile; absent: the files as they came")
        @Nullable String deidentify) {}
