package io.precordia.api;

import io.precordia.api.view.Hl7RefusalList;
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

/** What the interface engine's side of the service has to tell. */
@Path("/v1/hl7")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "HL7", description = "HL7 v2 messages that were refused")
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class Hl7Resource {
  private final EngineHolder holder;

  Hl7Resource(EngineHolder holder) {
    this.holder = holder;
  }

  @GET
  @Path("/refusals")
  @Operation(
      operationId = "listHl7Refusals",
      summary = "HL7 messages that were not accepted, newest first",
      description = "What they were, who sent them and why; never their content.")
  public Hl7RefusalList refusals(
      @Parameter(description = "1 to 1000") @QueryParam("limit") @DefaultValue("100")
          String limit) {
    return Hl7RefusalList.of(
        holder.engine().workspace().refusals().newest(Parameters.limit(limit)));
  }
}
