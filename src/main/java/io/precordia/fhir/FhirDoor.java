package io.precordia.fhir;

import io.precordia.api.PrecordiaConfig;
import io.precordia.api.Traces;
import io.precordia.api.Uploads;
import io.precordia.api.upload.UploadBudget;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.PathSegment;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hl7.fhir.r4.model.Resource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * HTTP for FHIR: every address below /fhir comes here, so that every answer, also one about an
 * unknown address or method, is a FHIR resource in the format that the client asked for.
 */
@Path("/fhir{path: (/.*)?}")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.WILDCARD)
@Blocking
public class FhirDoor {
  private static final Logger LOG = Logger.getLogger(FhirDoor.class);
  private static final String RETRY_SECONDS = "2";
  private static final int FIRST_CHUNK = 1 << 16;
  private static final Set<ErrorCode> DEFECTS =
      Set.of(ErrorCode.INTERNAL, ErrorCode.CORRUPT_STORE, ErrorCode.STORAGE_FULL);
  private final FhirService service;
  private final Transactions transactions;
  private final FhirCodec codec;
  private final Uploads uploads;
  private final long mostBytes;

  FhirDoor(
      FhirService service,
      Transactions transactions,
      FhirCodec codec,
      Uploads uploads,
      PrecordiaConfig config) {
    this.service = service;
    this.transactions = transactions;
    this.codec = codec;
    this.uploads = uploads;
    this.mostBytes = config.fhir().maxBody().asLongValue();
  }

  @GET
  @Operation(hidden = true)
  public Response get(@Context UriInfo uri, @Context HttpHeaders headers) {
    return answer("GET", uri, headers, null);
  }

  @POST
  @Operation(hidden = true)
  public Response post(@Context UriInfo uri, @Context HttpHeaders headers, InputStream body) {
    return answer("POST", uri, headers, body);
  }

  @PUT
  @Operation(hidden = true)
  public Response put(@Context UriInfo uri, @Context HttpHeaders headers) {
    return answer("PUT", uri, headers, null);
  }

  @PATCH
  @Operation(hidden = true)
  public Response patch(@Context UriInfo uri, @Context HttpHeaders headers) {
    return answer("PATCH", uri, headers, null);
  }

  @DELETE
  @Operation(hidden = true)
  public Response delete(@Context UriInfo uri, @Context HttpHeaders headers) {
    return answer("DELETE", uri, headers, null);
  }

  private Response answer(
      String method, UriInfo uri, HttpHeaders headers, @Nullable InputStream body) {
    FhirFormat format = FhirFormat.JSON;
    boolean pretty = false;
    String summary = "";
    try (UploadBudget.Share share = uploads.share()) {
      Map<String, List<String>> query = new LinkedHashMap<>(uri.getQueryParameters());
      String wanted = first(query, "_format");
      boolean raw =
          wanted == null
              && uri.getPath().contains("/Binary/")
              && !FhirFormat.named(headers.getHeaderString(HttpHeaders.ACCEPT));
      if (!raw) {
        format = FhirFormat.wanted(wanted, headers.getHeaderString(HttpHeaders.ACCEPT));
      }
      pretty = "true".equals(first(query, "_pretty"));
      summary = String.valueOf(first(query, "_summary"));
      FhirRequest request =
          new FhirRequest(
              method,
              uri.getBaseUri().resolve("fhir").toString(),
              path(uri),
              query,
              lowerCase(headers),
              body == null ? new byte[0] : read(body, share));
      FhirAnswer answer =
          request.path().isEmpty() && method.equals("POST")
              ? transactions.answer(request, codec.parse(request.body(), request.bodyFormat()))
              : service.answer(request);
      return respond(answer, format, pretty, summary);
    } catch (PrecordiaException e) {
      return fault(e, format, pretty);
    } catch (RuntimeException e) {
      return fault(
          new PrecordiaException(
              ErrorCode.INTERNAL, "a defect of the service; its log names this occurrence", e),
          format,
          pretty);
    }
  }

  private Response respond(FhirAnswer answer, FhirFormat format, boolean pretty, String summary) {
    Response.ResponseBuilder response = Response.status(answer.status());
    answer.headers().forEach(response::header);
    Resource resource = answer.resource();
    byte[] raw = answer.raw();
    if (raw != null) {
      response.type(MediaType.valueOf(String.valueOf(answer.rawType()))).entity(raw);
    } else if (resource != null) {
      String text =
          summary.equals("true")
              ? codec.writeSummary(resource, format, pretty)
              : codec.write(resource, format, pretty);
      response
          .type(MediaType.valueOf(format.mediaType() + ";charset=UTF-8"))
          .entity(text.getBytes(StandardCharsets.UTF_8));
    }
    // Patient data: no shared cache may keep it, and a client asks again by the ETag.
    return response.header(HttpHeaders.CACHE_CONTROL, "private, no-cache").build();
  }

  private Response fault(PrecordiaException e, FhirFormat format, boolean pretty) {
    if (DEFECTS.contains(e.code())) {
      LOG.error(Traces.withoutMessages(e));
    }
    FhirAnswer answer =
        FhirAnswer.of(e.code().status(), Outcomes.error(e.code(), String.valueOf(e.getMessage())));
    if (e.code() == ErrorCode.BUSY || e.code() == ErrorCode.NOT_READY) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }
    if (e.code() == ErrorCode.METHOD_NOT_ALLOWED) {
      answer.header(HttpHeaders.ALLOW, "GET, HEAD, POST");
    }
    return respond(answer, format, pretty, "");
  }

  private byte[] read(InputStream body, UploadBudget.Share share) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(FIRST_CHUNK);
    byte[] chunk = new byte[FIRST_CHUNK];
    try {
      int n;
      while ((n = body.read(chunk)) >= 0) {
        if (out.size() + n > mostBytes) {
          throw new PrecordiaException(
              ErrorCode.TOO_LARGE, "the body is larger than precordia.fhir.max-body allows");
        }
        // the bytes, their text and the objects made of it
        share.atLeast(4L * (out.size() + n));
        out.write(chunk, 0, n);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "the body ended early or could not be read", e);
    }
  }

  private static List<String> path(UriInfo uri) {
    return uri.getPathSegments().stream()
        .map(PathSegment::getPath)
        .filter(segment -> !segment.isEmpty())
        .skip(1)
        .toList();
  }

  private static @Nullable String first(Map<String, List<String>> query, String name) {
    List<String> values = query.get(name);
    return values == null || values.isEmpty() ? null : values.getFirst();
  }

  private static Map<String, String> lowerCase(HttpHeaders headers) {
    Map<String, String> all = new LinkedHashMap<>();
    headers
        .getRequestHeaders()
        .forEach(
            (name, values) -> all.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
    return all;
  }
}
