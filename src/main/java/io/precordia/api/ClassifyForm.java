package io.precordia.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The form of a classification by file, for its documentation. */
@Schema(name = "ClassifyForm")
record ClassifyForm(
    @Schema(
            type = SchemaType.ARRAY,
            description = "One X-ray, ECG (a WFDB header with its signal file) or report")
        List<byte[]> file,
    @Schema(description = "Labels separated by commas", examples = "pleural effusion,no finding")
        String labels,
    @Schema(description = "JSON object: label to list of sentences") @Nullable String prompts,
    @Schema(description = "ID or ID@ADAPTER") @Nullable String model) {}
