package io.precordia.api.results;

import io.precordia.api.Names;
import io.precordia.api.Parameters;
import io.precordia.api.Problem;
import io.precordia.store.DeliveryState;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is on its way to other systems. */
@Path("/v1/deliveries")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Results")
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class DeliveriesResource {
  private final ResultsService results;

  DeliveriesResource(ResultsService results) {
    this.results = results;
  }

  @GET
  @Operation(operationId = "listDeliveries", summary = "Deliveries in the order they were made")
  public DeliveryPage list(
      @Parameter(description = "waiting, sent, dead or discarded; all without it")
          @QueryParam("state")
          @Nullable String state,
      @Parameter(description = "Only to this one") @QueryParam("destination")
          @Nullable String destination,
      @Parameter(description = "0, then `next` of the page before")
          @QueryParam("after")
          @DefaultValue("0")
          String after,
      @Parameter(description = "Deliveries a page, 1 to 1000")
          @QueryParam("limit")
          @DefaultValue("100")
          String limit) {
    return DeliveryPage.of(
        results
            .running()
            .deliveries()
            .outbox()
            .list(
                state == null ? null : Names.parse(DeliveryState.class, state, "state"),
                destination,
                Parameters.after(after),
                Parameters.limit(limit)));
  }

  @GET
  @Path("/{id}")
  @Operation(operationId = "getDelivery", summary = "One delivery")
  public DeliveryView get(@PathParam("id") String id) {
    return DeliveryView.of(results.running().deliveries().get(id));
  }

  @POST
  @Path("/{id}/retry")
  @Operation(operationId = "retryDelivery", summary = "Tries a waiting or dead delivery at once")
  public DeliveryView retry(@PathParam("id") String id) {
    return DeliveryView.of(results.running().deliveries().retry(id));
  }

  @POST
  @Path("/{id}/discard")
  @Operation(
      operationId = "discardDelivery",
      summary = "Gives a waiting or dead delivery up; its content is deleted")
  public DeliveryView discard(@PathParam("id") String id) {
    return DeliveryView.of(results.running().deliveries().discard(id));
  }
}
