package io.precordia.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.precordia.api.view.ExportManifest;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.workspace.exports.ExportedFile;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Files out: as they came, or de-identified. */
@Path("/v1")
@Blocking
@Tag(name = "Exports")
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class ExportsResource {
  private static final String ZIP = "application/zip";
  private static final String PRIVATE = "private, no-store";

  private final EngineHolder holder;
  private final ObjectMapper json;

  ExportsResource(EngineHolder holder, ObjectMapper json) {
    this.holder = holder;
    this.json = json;
  }

  @GET
  @Path("/instances/{id}/file")
  @Operation(
      operationId = "instanceFile",
      summary = "The file of an instance, as it came or de-identified",
      description = "An instance of several files (WFDB) is answered as a zip archive.")
  @APIResponse(responseCode = "200", description = "The file")
  public Response file(
      @PathParam("id") String id,
      @Parameter(description = "basic, research or a configured profile") @QueryParam("deidentify")
          @Nullable String deidentify) {
    List<ExportedFile> files = holder.engine().exports().files(id, deidentify);
    if (files.size() == 1) {
      ExportedFile file = files.getFirst();
      return Response.ok(file.bytes())
          .type(file.mediaType())
          .header("Content-Disposition", "attachment; filename=\"" + file.name() + "\"")
          .header("Cache-Control", PRIVATE)
          .build();
    }
    return archive(id + ".zip", out -> files.forEach(out::add));
  }

  @POST
  @Path("/exports")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "export",
      summary = "Many files as one zip archive",
      description =
          "Files of the instances, studies and subjects named, or of everything, that pass the filter. manifest.json, the last entry, says what was "
              + "refused and why.")
  @APIResponse(
      responseCode = "200",
      description = "The archive",
      content = @Content(mediaType = ZIP))
  public Response export(@Nullable ExportBody body) {
    if (body == null) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST,
          "an export needs a JSON object, for example {\"studies\":[\"…\"],\"deidentify\":\"research\"}");
    }
    Exports exports = holder.engine().exports();
    exports.check(body);
    return archive(
        "export.zip",
        out -> {
          ExportManifest manifest = exports.write(body, out::add);
          out.add(new ExportedFile("manifest.json", MediaType.APPLICATION_JSON, bytes(manifest)));
        });
  }

  private byte[] bytes(ExportManifest manifest) {
    try {
      return json.writeValueAsBytes(manifest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Filling {
    void fill(Archive out);
  }

  private static Response archive(String name, Filling filling) {
    StreamingOutput stream =
        out -> {
          Archive archive = new Archive(out);
          filling.fill(archive);
          archive.zip.finish();
        };
    return Response.ok(stream)
        .type(ZIP)
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .header("Cache-Control", PRIVATE)
        .build();
  }

  /** A zip archive being written; a name that comes twice gets a number. */
  private static final class Archive {
    private final ZipOutputStream zip;
    private final Set<String> names = new HashSet<>();

    Archive(OutputStream out) {
      zip = new ZipOutputStream(out);
    }

    void add(ExportedFile file) {
      String name = file.name();
      for (int i = 2; !names.add(name); i++) {
        name = i + "-" + file.name();
      }
      try {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(file.bytes());
        zip.closeEntry();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
