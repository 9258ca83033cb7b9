package io.precordia.api.results;

import io.precordia.api.Names;
import io.precordia.api.Parameters;
import io.precordia.api.Problem;
import io.precordia.store.CompletionState;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Studies that wait to be complete, or whose work is stuck. */
@Path("/v1/completions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Results")
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class CompletionsResource {
  private final ResultsService results;

  CompletionsResource(ResultsService results) {
    this.results = results;
  }

  @GET
  @Operation(
      operationId = "listCompletions",
      summary = "Studies in a state of completion",
      description = "`stuck` ones need someone: POST /v1/studies/{id}/completion/retry.")
  public CompletionList list(
      @Parameter(description = "open, complete or stuck")
          @QueryParam("state")
          @DefaultValue("stuck")
          String state,
      @Parameter(description = "Most studies, 1 to 1000") @QueryParam("limit") @DefaultValue("100")
          String limit) {
    ResultsService.Running running = results.running();
    return new CompletionList(
        running
            .completions()
            .list(Names.parse(CompletionState.class, state, "state"), Parameters.limit(limit))
            .stream()
            .map(row -> CompletionView.of(row, running.policy()))
            .toList());
  }
}
