package io.precordia.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A form of files only, for its documentation. */
@Schema(name = "FileForm")
record FileForm(
    @Schema(type = SchemaType.ARRAY, description = "Files, any number, any mix")
        List<byte[]> file) {}
