package io.precordia.api.view;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A part of a listing of studies. A study whose instances lie on two pages is on both, with the
 * instances of that page.
 */
public record StudyPage(
    List<StudyView> studies,
    @Schema(description = "Value of `after` for the next page; absent on the last")
        @Nullable Long next) {}
