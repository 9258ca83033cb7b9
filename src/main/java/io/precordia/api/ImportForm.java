package io.precordia.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The form of POST /v1/studies, for its documentation. */
@Schema(name = "ImportForm")
record ImportForm(
    @Schema(
            type = SchemaType.ARRAY,
            description = "Files, any number, any mix; names are hints only")
        List<byte[]> file,
    @Schema(description = "Patient identifier", examples = "P-0042") @Nullable String subject,
    @Schema(description = "Study identifier: Study Instance UID or accession number")
        @Nullable String study,
    @Schema(description = "YYYY-MM-DD", examples = "2026-11-24") @Nullable String date,
    @Schema(enumeration = {"M", "F", "O"}) @Nullable String sex,
    @Schema(description = "Years, 0 to 130", examples = "63") @Nullable String age,
    @Schema(description = "Institution or source") @Nullable String site,
    @Schema(description = "Words to filter by, separated by commas", examples = "PA,emergency")
        @Nullable String tags,
    @Schema(description = "A report's text, kept as one more instance") @Nullable String report) {}
