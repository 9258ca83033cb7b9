package io.precordia.api;

import io.precordia.api.view.InstancePage;
import io.precordia.api.view.InstanceView;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.report.Deidentifier;
import io.precordia.store.InstanceRecord;
import io.precordia.store.InstanceStatus;
import io.precordia.study.Content;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One kept instance: what is known of it, and how it looks. */
@Path("/v1")
@Tag(name = "Instances")
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @org.eclipse.microprofile.openapi.annotations.media.Content(
            mediaType = Problem.MEDIA_TYPE,
            schema = @Schema(implementation = Problem.class)))
public class InstancesResource {
  private static final String PNG = "image/png";

  /**
   * A picture is patient data: the browser may keep it for the page it is on, shared caches may
   * not.
   */
  private static final String PRIVATE = "private, max-age=3600";

  private final EngineHolder holder;

  InstancesResource(EngineHolder holder) {
    this.holder = holder;
  }

  @GET
  @Path("/instances/{id}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "getInstance", summary = "What is known of an instance")
  public InstanceView instance(@PathParam("id") String id) {
    return InstanceView.of(record(id));
  }

  @GET
  @Path("/instances/{id}/rendered")
  @Produces(PNG)
  @Operation(
      operationId = "renderInstance",
      summary = "The X-ray, or the ECG on paper",
      description =
          "X-ray as it is shown to a reader (dense is bright); ECG: first ten seconds at 25 mm/s and 10 mm/mV. A report has no picture.")
  public Response rendered(
      @PathParam("id") String id,
      @Parameter(
              description =
                  "Pixels, up to 4096; 0 is the X-ray's own width, or 4 pixels per mm of paper")
          @QueryParam("width")
          @DefaultValue("0")
          String width,
      @Parameter(description = "research: text that is drawn into an X-ray is blanked")
          @QueryParam("view")
          @DefaultValue("")
          String view) {
    int pixels = Parameters.width(width);
    boolean research = Parameters.research(view);
    Content content = Embeddings.content(holder.engine().workspace().records().decoded(id));
    return png(Pictures.rendered(research ? Pictures.withoutText(content) : content, pixels));
  }

  @GET
  @Path("/instances/{id}/thumbnail")
  @Produces(PNG)
  @Operation(
      operationId = "thumbnail",
      summary = "A small picture",
      description = "X-ray of at most 160 pixels a side; ECG strip of 320 x 80.")
  public Response thumbnail(@PathParam("id") String id) {
    return png(
        Pictures.thumbnail(Embeddings.content(holder.engine().workspace().records().decoded(id))));
  }

  @GET
  @Path("/instances/{id}/report")
  @Produces(MediaType.TEXT_PLAIN + ";charset=UTF-8")
  @Operation(
      operationId = "reportText",
      summary = "The words of a report",
      description =
          "Dates, names and numbers that identify are replaced by placeholders; in the research view also what the report's own file says of the patient and the people around.")
  public Response report(
      @PathParam("id") String id,
      @Parameter(description = "research: as it may be shared")
          @QueryParam("view")
          @DefaultValue("")
          String view) {
    String text = record(id).text();
    if (text == null) {
      throw new PrecordiaException(ErrorCode.NOT_FOUND, "this instance is no report");
    }
    if (Parameters.research(view)) {
      return Response.ok(holder.engine().exports().sharedText(record(id)))
          .header("Cache-Control", PRIVATE)
          .build();
    }
    return Response.ok(new Deidentifier().redact(text)).header("Cache-Control", PRIVATE).build();
  }

  @GET
  @Path("/flagged")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "listFlagged",
      summary = "What is kept but not embedded, with the reasons")
  public InstancePage flagged(
      @Parameter(description = "0, then `next` of the page before")
          @QueryParam("after")
          @DefaultValue("0")
          String after,
      @Parameter(description = "Instances a page, 1 to 1000")
          @QueryParam("limit")
          @DefaultValue("100")
          String limit) {
    return InstancePage.of(
        holder
            .engine()
            .workspace()
            .records()
            .list(InstanceStatus.FLAGGED, Parameters.after(after), Parameters.limit(limit)));
  }

  private InstanceRecord record(String id) {
    return holder.engine().workspace().records().instance(id);
  }

  private static Response png(byte[] bytes) {
    return Response.ok(bytes).type(PNG).header("Cache-Control", PRIVATE).build();
  }
}
