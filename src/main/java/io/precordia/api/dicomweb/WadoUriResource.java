package io.precordia.api.dicomweb;

import io.precordia.api.EngineHolder;
import io.precordia.api.Problem;
import io.precordia.dicom.Transcoder;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.Voi;
import io.precordia.workspace.catalogue.CatalogueEntry;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** WADO-URI: one object by parameters (PS3.18 section 9). */
@Path("/wado")
@Tag(name = "DICOMweb")
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class WadoUriResource {
  private static final String DICOM = "application/dicom";
  private final EngineHolder holder;
  private final Rendering rendering;

  private final Transcoding transcoding;

  WadoUriResource(EngineHolder holder, Rendering rendering, Transcoding transcoding) {
    this.transcoding = transcoding;
    this.holder = holder;
    this.rendering = rendering;
  }

  @GET
  @Operation(
      operationId = "wadoUri",
      summary = "One object (WADO-URI)",
      description =
          "`contentType` application/dicom (as it came), image/jpeg (default of pictures) or image/png; `windowCenter`, `windowWidth`, `rows`, `columns`, `imageQuality`, `frameNumber`.")
  public Response object(
      @QueryParam("requestType") @Nullable String requestType,
      @QueryParam("studyUID") @Nullable String study,
      @QueryParam("seriesUID") @Nullable String series,
      @QueryParam("objectUID") @Nullable String object,
      @QueryParam("contentType") @Nullable String contentType,
      @QueryParam("transferSyntax") @Nullable String transferSyntax,
      @QueryParam("anonymize") @Nullable String anonymize,
      @QueryParam("windowCenter") @Nullable String windowCenter,
      @QueryParam("windowWidth") @Nullable String windowWidth,
      @QueryParam("rows") @Nullable String rows,
      @QueryParam("columns") @Nullable String columns,
      @QueryParam("imageQuality") @Nullable String quality,
      @QueryParam("frameNumber") @Nullable String frameNumber) {
    if (!"WADO".equals(requestType)) {
      throw new PrecordiaException(ErrorCode.INVALID_ARGUMENT, "requestType must be WADO");
    }
    if (anonymize != null) {
      throw new PrecordiaException(
          ErrorCode.NOT_ACCEPTABLE, "objects are not de-identified here; ask without anonymize");
    }
    CatalogueEntry entry =
        holder
            .engine()
            .workspace()
            .catalogue()
            .find(
                needed("studyUID", study), needed("seriesUID", series), needed("objectUID", object))
            .orElseThrow(() -> new PrecordiaException(ErrorCode.NOT_FOUND, "no such object"));
    String wanted =
        contentType != null ? contentType : Rendering.isPicture(entry) ? "image/jpeg" : DICOM;
    for (MediaRange range : MediaRange.parse(wanted)) {
      if (range.takes(DICOM)) {
        return file(entry, transferSyntax);
      }
    }
    RenderParameters how =
        new RenderParameters(
            windowCenter == null || windowWidth == null
                ? null
                : RenderParameters.window(windowCenter, windowWidth, Voi.Function.LINEAR),
            columns == null && rows == null ? 0 : size(columns),
            columns == null && rows == null ? 0 : size(rows),
            null,
            RenderParameters.quality(quality));
    return rendering.rendered(entry, frame(frameNumber), how, wanted);
  }

  private Response file(CatalogueEntry entry, @Nullable String transferSyntax) {
    String stored = entry.transferSyntax();
    String wanted = transferSyntax == null ? stored : transferSyntax;
    if (!Transcoder.offers(stored, wanted)) {
      throw new PrecordiaException(
          ErrorCode.NOT_ACCEPTABLE, "the object cannot be given in this transfer syntax");
    }
    byte[] file = holder.engine().workspace().catalogue().file(entry);
    return Response.ok(transcoding.of(file, stored, wanted))
        .header(HttpHeaders.CONTENT_TYPE, DICOM)
        .header("Cache-Control", "private, no-store")
        .build();
  }

  private static int size(@Nullable String text) {
    return text == null ? RenderParameters.LARGEST : RenderParameters.pixels(text);
  }

  private static int frame(@Nullable String text) {
    if (text != null && !text.matches("[1-9][0-9]{0,6}")) {
      throw new PrecordiaException(ErrorCode.INVALID_ARGUMENT, "frameNumber is a number from 1");
    }
    return text == null ? 1 : Integer.parseInt(text);
  }

  private static String needed(String name, @Nullable String uid) {
    if (uid == null) {
      throw new PrecordiaException(ErrorCode.INVALID_ARGUMENT, name + " is needed");
    }
    return Uids.valid(uid);
  }
}
