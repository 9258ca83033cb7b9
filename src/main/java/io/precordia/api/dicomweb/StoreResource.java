package io.precordia.api.dicomweb;

import io.precordia.api.EngineHolder;
import io.precordia.api.Problem;
import io.precordia.api.Uploads;
import io.precordia.dicom.web.StowAnswer;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** STOW-RS: storing objects (PS3.18 10.5). */
@Path("/dicomweb")
@Tag(name = "DICOMweb", description = "PS3.18: STOW-RS, QIDO-RS, WADO-RS, WADO-URI")
@APIResponse(
    responseCode = "4XX",
    description = "Problem document, or the response module where every object was refused",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class StoreResource {
  private static final String JSON = "application/dicom+json";
  private static final String XML = "application/dicom+xml";
  private final EngineHolder holder;
  private final Uploads uploads;

  StoreResource(EngineHolder holder, Uploads uploads) {
    this.holder = holder;
    this.uploads = uploads;
  }

  @POST
  @Path("/studies")
  @RunOnVirtualThread
  @Operation(
      operationId = "storeInstances",
      summary = "Store objects (STOW-RS)",
      description =
          "multipart/related of application/dicom, or of application/dicom+json or +xml metadata with their bulk data. An object that is answered "
              + "as stored is durable and is given back bit by bit. 200 all stored, 202 some refused, 409 all refused, 503 try again.")
  public Response store(
      @Parameter(hidden = true) InputStream body,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept,
      @Context UriInfo uri) {
    return store(null, body, type, accept, uri);
  }

  @POST
  @Path("/studies/{study}")
  @RunOnVirtualThread
  @Operation(
      operationId = "storeStudyInstances",
      summary = "Store objects of one study (STOW-RS)",
      description = "Objects of another study are refused.")
  public Response storeStudy(
      @PathParam("study") String study,
      @Parameter(hidden = true) InputStream body,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept,
      @Context UriInfo uri) {
    return store(Uids.valid(study), body, type, accept, uri);
  }

  private Response store(
      @Nullable String study,
      InputStream body,
      @Nullable String type,
      @Nullable String accept,
      UriInfo uri) {
    String answerType = answerType(accept);
    StowAnswer answer = new StowAnswer(Links.studies(uri));
    StowReader reader =
        new StowReader(holder.engine().workspace().catalogue().intake(), answer, study);
    reader.read(uploads, body, type == null ? "" : type);
    if (answer.size() == 0) {
      throw new PrecordiaException(ErrorCode.INVALID_REQUEST, "the request holds no object");
    }
    Response.ResponseBuilder response =
        Response.status(answer.status())
            .header(HttpHeaders.CONTENT_TYPE, answerType)
            .entity(answerType.equals(XML) ? answer.xml() : answer.json());
    if (answer.status() == 503) {
      response.header(HttpHeaders.RETRY_AFTER, "5");
    }
    return response.build();
  }

  private static String answerType(@Nullable String accept) {
    List<MediaRange> ranges = MediaRange.parse(accept);
    for (MediaRange range : ranges) {
      if (range.takes(JSON) || range.type().equals("application/json")) {
        return JSON;
      }
      if (range.takes(XML)
          || range.type().equals("text/xml")
          || range.type().equals("application/xml")) {
        return XML;
      }
    }
    throw new PrecordiaException(
        ErrorCode.NOT_ACCEPTABLE, "the answer is application/dicom+json or application/dicom+xml");
  }
}
