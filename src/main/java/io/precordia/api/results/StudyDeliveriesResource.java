package io.precordia.api.results;

import io.precordia.api.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is, or was, on its way to other systems of one study. */
@Path("/v1/studies/{id}/deliveries")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Results")
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class StudyDeliveriesResource {
  private final ResultsService results;

  StudyDeliveriesResource(ResultsService results) {
    this.results = results;
  }

  @GET
  @Operation(operationId = "listStudyDeliveries", summary = "Every delivery of a study")
  public DeliveryList list(@PathParam("id") String id) {
    return new DeliveryList(
        results.running().deliveries().outbox().ofStudy(id).stream()
            .map(DeliveryView::of)
            .toList());
  }
}
