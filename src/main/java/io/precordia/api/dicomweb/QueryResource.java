package io.precordia.api.dicomweb;

import io.precordia.api.EngineHolder;
import io.precordia.api.Problem;
import io.precordia.dicom.query.QueryLevel;
import io.precordia.dicom.query.QueryPage;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** QIDO-RS: searching (PS3.18 10.6). */
@Path("/dicomweb")
@Tag(name = "DICOMweb")
@APIResponse(
    responseCode = "200",
    description = "An array in the DICOM JSON Model, empty without matches",
    content = @Content(mediaType = "application/dicom+json"))
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class QueryResource {
  private static final String HOW =
      "Parameters: any attribute by keyword or tag (wild cards, ranges, lists of UIDs), `includefield`, `fuzzymatching`, `limit`, `offset`.";
  private final EngineHolder holder;

  QueryResource(EngineHolder holder) {
    this.holder = holder;
  }

  @GET
  @Path("/studies")
  @Operation(
      operationId = "searchStudies",
      summary = "Search for studies (QIDO-RS)",
      description = HOW)
  public Response studies(
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept,
      @Context UriInfo uri) {
    return answer(QidoRequest.of(QueryLevel.STUDY, uri, accept, null, null));
  }

  @GET
  @Path("/series")
  @Operation(
      operationId = "searchSeries",
      summary = "Search for series (QIDO-RS)",
      description = HOW)
  public Response series(
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept,
      @Context UriInfo uri) {
    return answer(QidoRequest.of(QueryLevel.SERIES, uri, accept, null, null));
  }

  @GET
  @Path("/instances")
  @Operation(
      operationId = "searchInstances",
      summary = "Search for instances (QIDO-RS)",
      description = HOW)
  public Response instances(
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept,
      @Context UriInfo uri) {
    return answer(QidoRequest.of(QueryLevel.IMAGE, uri, accept, null, null));
  }

  @GET
  @Path("/studies/{study}/series")
  @Operation(operationId = "searchStudySeries", summary = "Series of a study", description = HOW)
  public Response seriesOf(
      @PathParam("study") String study,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept,
      @Context UriInfo uri) {
    return answer(QidoRequest.of(QueryLevel.SERIES, uri, accept, Uids.valid(study), null));
  }

  @GET
  @Path("/studies/{study}/instances")
  @Operation(
      operationId = "searchStudyInstances",
      summary = "Instances of a study",
      description = HOW)
  public Response instancesOf(
      @PathParam("study") String study,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept,
      @Context UriInfo uri) {
    return answer(QidoRequest.of(QueryLevel.IMAGE, uri, accept, Uids.valid(study), null));
  }

  @GET
  @Path("/studies/{study}/series/{series}/instances")
  @Operation(
      operationId = "searchSeriesInstances",
      summary = "Instances of a series",
      description = HOW)
  public Response instancesOf(
      @PathParam("study") String study,
      @PathParam("series") String series,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept,
      @Context UriInfo uri) {
    return answer(
        QidoRequest.of(QueryLevel.IMAGE, uri, accept, Uids.valid(study), Uids.valid(series)));
  }

  private Response answer(QidoRequest request) {
    QueryPage page = holder.engine().workspace().catalogue().query(request.query());
    return request.answer(page);
  }
}
