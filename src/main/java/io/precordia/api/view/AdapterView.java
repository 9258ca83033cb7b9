package io.precordia.api.view;

import io.precordia.adapter.router.RouterConfig;
import io.precordia.serve.adapters.AdapterRegistry;
import io.precordia.serve.adapters.AdapterVersion;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An adapter as clients see it. */
public record AdapterView(
    @Schema(description = "Address it as MODEL@NAME") String name,
    @Schema(description = "Digest of this version") String sha256,
    @Schema(description = "Digest of the model it was validated against") String base,
    @Schema(description = "Digest that the name stood for before") @Nullable String previous,
    Instant registered,
    String method,
    int rank,
    long parameters,
    List<String> targets,
    @Schema(description = "What a router chooses from; empty for a plain adapter")
        List<RouterConfig.Member> members,
    @Schema(description = "Whether its weights are in compute memory now") boolean resident) {
  public static AdapterView of(AdapterVersion v, AdapterRegistry registry) {
    return new AdapterView(
        v.name(),
        v.sha256(),
        v.base(),
        v.previous(),
        v.registered(),
        v.summary().method(),
        v.summary().rank(),
        v.summary().parameters(),
        v.summary().targets(),
        registry.members(v),
        registry.resident(v));
  }
}
