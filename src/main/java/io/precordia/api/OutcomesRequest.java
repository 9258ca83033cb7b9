package io.precordia.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Instances to ask about. */
@Schema(
    name = "OutcomesRequest",
    examples = "{\"instances\":[\"9f86d081884c7d659a2feaa0c55ad015\"]}")
record OutcomesRequest(@Nullable List<@Nullable String> instances) {}
