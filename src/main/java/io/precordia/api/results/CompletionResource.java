package io.precordia.api.results;

import io.precordia.api.Problem;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Whether one study is complete. */
@Path("/v1/studies/{id}/completion")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Results")
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class CompletionResource {
  private static final int MOST = 100_000;
  private final ResultsService results;

  CompletionResource(ResultsService results) {
    this.results = results;
  }

  @GET
  @Operation(operationId = "getCompletion", summary = "Whether a study is complete")
  public CompletionView get(@PathParam("id") String id) {
    ResultsService.Running running = results.running();
    return CompletionView.of(running.completions().require(id), running.policy());
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "expectInstances",
      summary = "Says how many instances a study will have",
      description = "It is complete as soon as so many have come.")
  public CompletionView expect(@PathParam("id") String id, @Nullable ExpectedBody body) {
    Integer expected = body == null ? null : body.expected();
    if (body == null || (expected != null && (expected < 1 || expected > MOST))) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "expected is a number from 1 to " + MOST + ", or null");
    }
    results.running().completions().require(id);
    results.running().completions().expect(id, expected);
    return get(id);
  }

  @POST
  @Path("/retry")
  @Operation(
      operationId = "retryCompletion",
      summary = "Has the work of completion done again",
      description = "For stuck work, or after a new destination was configured.")
  public CompletionView retry(@PathParam("id") String id) {
    results.running().completions().require(id);
    results.running().completions().reopen(id);
    return get(id);
  }
}
