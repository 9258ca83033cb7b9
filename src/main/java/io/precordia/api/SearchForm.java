package io.precordia.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The form of a search by file, for its documentation. */
@Schema(name = "SearchForm")
record SearchForm(
    @Schema(
            type = SchemaType.ARRAY,
            description = "One X-ray, ECG (a WFDB header with its signal file) or report")
        List<byte[]> file,
    @Schema(enumeration = {"xray", "ecg", "report", "any"}) @Nullable String modality,
    @Nullable String filter,
    @Nullable String k,
    @Schema(enumeration = {"instance", "study", "subject"}) @Nullable String group,
    @Schema(description = "ID or ID@ADAPTER") @Nullable String model) {}
