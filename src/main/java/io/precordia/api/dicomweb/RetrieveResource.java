package io.precordia.api.dicomweb;

import io.precordia.api.EngineHolder;
import io.precordia.api.Problem;
import io.precordia.dicom.DicomHeader;
import io.precordia.dicom.StoredObject;
import io.precordia.dicom.web.DicomJson;
import io.precordia.dicom.web.DicomXml;
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
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * WADO-RS: objects as they came, their metadata, frames and bulk data (PS3.18 10.4). Only what is
 * asked for in an uncompressed transfer syntax is decoded.
 */
@Path("/dicomweb")
@Tag(name = "DICOMweb")
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class RetrieveResource {
  private static final String DICOM = "application/dicom";
  private static final String JSON = "application/dicom+json";
  private static final String XML = "application/dicom+xml";
  private static final int MOST_FRAMES = 1000;
  private final EngineHolder holder;

  private final Transcoding transcoding;

  RetrieveResource(EngineHolder holder, Transcoding transcoding) {
    this.transcoding = transcoding;
    this.holder = holder;
  }

  @GET
  @Path("/studies/{study}")
  @Operation(operationId = "retrieveStudy", summary = "Objects of a study (WADO-RS)")
  public Response study(
      @PathParam("study") String study,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String header,
      @QueryParam("accept") @Nullable String accept) {
    return objects(found(study), accept == null ? header : accept);
  }

  @GET
  @Path("/studies/{study}/series/{series}")
  @Operation(operationId = "retrieveSeries", summary = "Objects of a series (WADO-RS)")
  public Response series(
      @PathParam("study") String study,
      @PathParam("series") String series,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String header,
      @QueryParam("accept") @Nullable String accept) {
    return objects(found(study, series), accept == null ? header : accept);
  }

  @GET
  @Path("/studies/{study}/series/{series}/instances/{instance}")
  @Operation(operationId = "retrieveInstance", summary = "One object (WADO-RS)")
  public Response instance(
      @PathParam("study") String study,
      @PathParam("series") String series,
      @PathParam("instance") String instance,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String header,
      @QueryParam("accept") @Nullable String accept) {
    return objects(List.of(found(study, series, instance)), accept == null ? header : accept);
  }

  @GET
  @Path("/studies/{study}/metadata")
  @Operation(operationId = "studyMetadata", summary = "Metadata of a study (WADO-RS)")
  public Response studyMetadata(
      @PathParam("study") String study,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String header,
      @QueryParam("accept") @Nullable String accept,
      @Context UriInfo uri) {
    return metadata(found(study), accept == null ? header : accept, uri);
  }

  @GET
  @Path("/studies/{study}/series/{series}/metadata")
  @Operation(operationId = "seriesMetadata", summary = "Metadata of a series (WADO-RS)")
  public Response seriesMetadata(
      @PathParam("study") String study,
      @PathParam("series") String series,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String header,
      @QueryParam("accept") @Nullable String accept,
      @Context UriInfo uri) {
    return metadata(found(study, series), accept == null ? header : accept, uri);
  }

  @GET
  @Path("/studies/{study}/series/{series}/instances/{instance}/metadata")
  @Operation(operationId = "instanceMetadata", summary = "Metadata of an object (WADO-RS)")
  public Response instanceMetadata(
      @PathParam("study") String study,
      @PathParam("series") String series,
      @PathParam("instance") String instance,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String header,
      @QueryParam("accept") @Nullable String accept,
      @Context UriInfo uri) {
    return metadata(List.of(found(study, series, instance)), accept == null ? header : accept, uri);
  }

  @GET
  @Path("/studies/{study}/series/{series}/instances/{instance}/frames/{frames}")
  @Operation(
      operationId = "retrieveFrames",
      summary = "Frames as they are stored, or decompressed on request (WADO-RS)",
      description = "Numbers from 1, separated by commas.")
  public Response frames(
      @PathParam("study") String study,
      @PathParam("series") String series,
      @PathParam("instance") String instance,
      @PathParam("frames") String frames,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String header,
      @QueryParam("accept") @Nullable String accept) {
    List<Integer> numbers = numbers(frames);
    CatalogueEntry entry = found(study, series, instance);
    StoredObject object = StoredObject.parse(catalogue().file(entry));
    List<StoredObject.Typed> parts = numbers.stream().map(object::frame).toList();
    String wanted = accept == null ? header : accept;
    return Transcoding.wantsOctets(parts.getFirst(), wanted)
        ? typed(numbers.stream().map(n -> transcoding.decoded(object, n)).toList(), wanted)
        : typed(parts, wanted);
  }

  @GET
  @Path("/studies/{study}/series/{series}/instances/{instance}/bulkdata/{path: .+}")
  @Operation(
      operationId = "retrieveBulkData",
      summary = "A large value that the metadata refer to (WADO-RS)")
  public Response bulk(
      @PathParam("study") String study,
      @PathParam("series") String series,
      @PathParam("instance") String instance,
      @PathParam("path") String path,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String header,
      @QueryParam("accept") @Nullable String accept) {
    CatalogueEntry entry = found(study, series, instance);
    StoredObject object = StoredObject.parse(catalogue().file(entry));
    return typed(List.of(object.bulk(path)), accept == null ? header : accept);
  }

  private Response objects(List<CatalogueEntry> entries, @Nullable String accept) {
    for (MediaRange range : MediaRange.parse(accept)) {
      boolean syntaxes =
          entries.stream().allMatch(e -> range.syntax(e.transferSyntax()).isPresent());
      if (!syntaxes) {
        continue;
      }
      if (range.takesParts(DICOM)) {
        return RelatedBody.of(DICOM, entries.stream().map(e -> part(e, range)).toList());
      }
      if (range.takes(DICOM) && entries.size() == 1) {
        return Response.ok(file(entries.getFirst(), range))
            .header(HttpHeaders.CONTENT_TYPE, DICOM)
            .header("Cache-Control", "private, no-store")
            .build();
      }
    }
    throw new PrecordiaException(
        ErrorCode.NOT_ACCEPTABLE,
        "objects are multipart/related; type=\"application/dicom\" in the transfer syntax they came in (transfer-syntax=*) or, where it can be decoded, in explicit or implicit little endian; one object may also be application/dicom");
  }

  private RelatedBody.Part part(CatalogueEntry entry, MediaRange range) {
    String syntax = range.syntax(entry.transferSyntax()).orElseThrow();
    String type = DICOM + "; transfer-syntax=" + syntax;
    return () -> new RelatedBody.Content(type, "", file(entry, range));
  }

  private byte[] file(CatalogueEntry entry, MediaRange range) {
    return transcoding.of(
        catalogue().file(entry),
        entry.transferSyntax(),
        range.syntax(entry.transferSyntax()).orElseThrow());
  }

  private Response metadata(List<CatalogueEntry> entries, @Nullable String accept, UriInfo uri) {
    String studies = Links.studies(uri);
    for (MediaRange range : MediaRange.parse(accept)) {
      if (range.takes(JSON) || range.type().equals("application/json")) {
        StreamingOutput body =
            out -> {
              try (DicomJson json = new DicomJson(out)) {
                for (CatalogueEntry entry : entries) {
                  DicomHeader header = catalogue().header(entry);
                  json.add(header, Links.bulk(studies, header));
                }
              }
            };
        return Response.ok(body)
            .header(HttpHeaders.CONTENT_TYPE, JSON)
            .header("Cache-Control", "private, no-store")
            .build();
      }
      if (range.takesParts(XML)) {
        return RelatedBody.of(XML, entries.stream().map(e -> xml(e, studies)).toList());
      }
    }
    throw new PrecordiaException(
        ErrorCode.NOT_ACCEPTABLE,
        "metadata are application/dicom+json or multipart/related; type=\"application/dicom+xml\"");
  }

  private RelatedBody.Part xml(CatalogueEntry entry, String studies) {
    return () -> {
      DicomHeader header = catalogue().header(entry);
      return new RelatedBody.Content(XML, "", DicomXml.write(header, Links.bulk(studies, header)));
    };
  }

  private static Response typed(List<StoredObject.Typed> parts, @Nullable String accept) {
    StoredObject.Typed first = parts.getFirst();
    for (MediaRange range : MediaRange.parse(accept)) {
      if (!range.takesSyntax(first.transferSyntax())) {
        continue;
      }
      if (range.takesParts(first.mediaType())) {
        String type = first.mediaType() + "; transfer-syntax=" + first.transferSyntax();
        return RelatedBody.of(
            first.mediaType(),
            parts.stream()
                .map(p -> (RelatedBody.Part) () -> new RelatedBody.Content(type, "", p.bytes()))
                .toList());
      }
      if (range.takes(first.mediaType()) && parts.size() == 1) {
        return Response.ok(first.bytes())
            .header(HttpHeaders.CONTENT_TYPE, first.mediaType())
            .header("Cache-Control", "private, no-store")
            .build();
      }
    }
    throw new PrecordiaException(
        ErrorCode.NOT_ACCEPTABLE,
        "the data are multipart/related; type=\"" + first.mediaType() + "\" as stored");
  }

  private static List<Integer> numbers(String frames) {
    List<Integer> out = new ArrayList<>();
    for (String number : frames.split(",", MOST_FRAMES + 1)) {
      if (!number.matches("[1-9][0-9]{0,6}") || out.size() == MOST_FRAMES) {
        throw new PrecordiaException(
            ErrorCode.INVALID_ARGUMENT,
            String.format(
                Locale.ROOT, "frames are numbers from 1, at most %d of them", MOST_FRAMES));
      }
      out.add(Integer.parseInt(number));
    }
    return out;
  }

  private DicomCatalogue catalogue() {
    return holder.engine().workspace().catalogue();
  }

  private List<CatalogueEntry> found(String study) {
    return notEmpty(catalogue().ofStudy(Uids.valid(study)), "study");
  }

  private List<CatalogueEntry> found(String study, String series) {
    return notEmpty(catalogue().ofSeries(Uids.valid(study), Uids.valid(series)), "series");
  }

  private CatalogueEntry found(String study, String series, String instance) {
    return catalogue()
        .find(Uids.valid(study), Uids.valid(series), Uids.valid(instance))
        .orElseThrow(() -> new PrecordiaException(ErrorCode.NOT_FOUND, "no such instance"));
  }

  private static List<CatalogueEntry> notEmpty(List<CatalogueEntry> all, String what) {
    List<CatalogueEntry> first = all.stream().filter(e -> !e.conflicting()).toList();
    if (first.isEmpty()) {
      throw new PrecordiaException(ErrorCode.NOT_FOUND, "no such " + what);
    }
    return first;
  }
}
