package io.precordia.api.dicomweb;

import io.precordia.api.EngineHolder;
import io.precordia.api.Problem;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.workspace.catalogue.CatalogueEntry;
import io.precordia.workspace.catalogue.DicomCatalogue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** WADO-RS rendered resources and thumbnails (PS3.18 10.4.1.1.3, 10.4.1.1.5). */
@Path("/dicomweb")
@Tag(name = "DICOMweb")
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class RenderedResource {
  private static final String SMALL = "160,160";
  private final EngineHolder holder;
  private final Rendering rendering;

  RenderedResource(EngineHolder holder, Rendering rendering) {
    this.holder = holder;
    this.rendering = rendering;
  }

  @GET
  @Path("/studies/{study}/rendered")
  @Operation(
      operationId = "renderedStudy",
      summary = "The pictures of a study (WADO-RS)",
      description =
          "Every frame of every object with a picture, as multipart/related of JPEG or PNG; a single one also alone. Parameters as for an object.")
  public Response study(
      @PathParam("study") String study,
      @QueryParam("window") @Nullable String window,
      @QueryParam("viewport") @Nullable String viewport,
      @QueryParam("quality") @Nullable String quality,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String header,
      @QueryParam("accept") @Nullable String accept,
      @Context UriInfo uri) {
    return rendering.all(
        catalogue().ofStudy(Uids.valid(study)),
        RenderParameters.of(window, viewport, quality),
        accept == null ? header : accept,
        Links.studies(uri));
  }

  @GET
  @Path("/studies/{study}/series/{series}/rendered")
  @Operation(operationId = "renderedSeries", summary = "The pictures of a series (WADO-RS)")
  public Response series(
      @PathParam("study") String study,
      @PathParam("series") String series,
      @QueryParam("window") @Nullable String window,
      @QueryParam("viewport") @Nullable String viewport,
      @QueryParam("quality") @Nullable String quality,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String header,
      @QueryParam("accept") @Nullable String accept,
      @Context UriInfo uri) {
    return rendering.all(
        catalogue().ofSeries(Uids.valid(study), Uids.valid(series)),
        RenderParameters.of(window, viewport, quality),
        accept == null ? header : accept,
        Links.studies(uri));
  }

  @GET
  @Path("/studies/{study}/series/{series}/instances/{instance}/rendered")
  @Operation(
      operationId = "renderedInstance",
      summary = "An object as picture (WADO-RS)",
      description =
          "JPEG or PNG. `window=center,width,function`, `viewport=width,height[,left,top,width,height]`, `quality=1..100`; annotations are not drawn.")
  public Response instance(
      @PathParam("study") String study,
      @PathParam("series") String series,
      @PathParam("instance") String instance,
      @QueryParam("window") @Nullable String window,
      @QueryParam("viewport") @Nullable String viewport,
      @QueryParam("quality") @Nullable String quality,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String header,
      @QueryParam("accept") @Nullable String accept) {
    return rendering.rendered(
        found(study, series, instance),
        1,
        RenderParameters.of(window, viewport, quality),
        accept == null ? header : accept);
  }

  @GET
  @Path("/studies/{study}/series/{series}/instances/{instance}/frames/{frame}/rendered")
  @Operation(operationId = "renderedFrame", summary = "A frame as picture (WADO-RS)")
  public Response frame(
      @PathParam("study") String study,
      @PathParam("series") String series,
      @PathParam("instance") String instance,
      @PathParam("frame") String frame,
      @QueryParam("window") @Nullable String window,
      @QueryParam("viewport") @Nullable String viewport,
      @QueryParam("quality") @Nullable String quality,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String header,
      @QueryParam("accept") @Nullable String accept) {
    if (!frame.matches("[1-9][0-9]{0,6}")) {
      throw new PrecordiaException(ErrorCode.INVALID_ARGUMENT, "a frame is a number from 1");
    }
    return rendering.rendered(
        found(study, series, instance),
        Integer.parseInt(frame),
        RenderParameters.of(window, viewport, quality),
        accept == null ? header : accept);
  }

  @GET
  @Path("/studies/{study}/series/{series}/instances/{instance}/thumbnail")
  @Operation(operationId = "instanceThumbnail", summary = "A small picture (WADO-RS)")
  public Response thumbnail(
      @PathParam("study") String study,
      @PathParam("series") String series,
      @PathParam("instance") String instance,
      @QueryParam("viewport") @Nullable String viewport,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String header) {
    return small(List.of(found(study, series, instance)), viewport, header);
  }

  @GET
  @Path("/studies/{study}/series/{series}/thumbnail")
  @Operation(operationId = "seriesThumbnail", summary = "A small picture of a series (WADO-RS)")
  public Response seriesThumbnail(
      @PathParam("study") String study,
      @PathParam("series") String series,
      @QueryParam("viewport") @Nullable String viewport,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String header) {
    return small(catalogue().ofSeries(Uids.valid(study), Uids.valid(series)), viewport, header);
  }

  @GET
  @Path("/studies/{study}/thumbnail")
  @Operation(operationId = "studyThumbnail", summary = "A small picture of a study (WADO-RS)")
  public Response studyThumbnail(
      @PathParam("study") String study,
      @QueryParam("viewport") @Nullable String viewport,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String header) {
    return small(catalogue().ofStudy(Uids.valid(study)), viewport, header);
  }

  private Response small(
      List<CatalogueEntry> entries, @Nullable String viewport, @Nullable String accept) {
    CatalogueEntry shown =
        entries.stream()
            .filter(e -> !e.conflicting() && Rendering.isPicture(e))
            .findFirst()
            .orElseThrow(
                () -> new PrecordiaException(ErrorCode.NOT_FOUND, "there is no picture here"));
    return rendering.rendered(
        shown, 1, RenderParameters.of(null, viewport == null ? SMALL : viewport, null), accept);
  }

  private DicomCatalogue catalogue() {
    return holder.engine().workspace().catalogue();
  }

  private CatalogueEntry found(String study, String series, String instance) {
    return catalogue()
        .find(Uids.valid(study), Uids.valid(series), Uids.valid(instance))
        .orElseThrow(() -> new PrecordiaException(ErrorCode.NOT_FOUND, "no such instance"));
  }
}
