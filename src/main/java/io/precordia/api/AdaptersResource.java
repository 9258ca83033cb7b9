package io.precordia.api;

import io.precordia.api.upload.Upload;
import io.precordia.api.view.AdapterList;
import io.precordia.api.view.AdapterView;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.Part;
import io.precordia.serve.adapters.AdapterArchive;
import io.precordia.serve.adapters.AdapterRegistry;
import io.precordia.serve.adapters.AdapterUpload;
import io.precordia.serve.adapters.AdapterVersion;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** PEFT adapters of the service's model. */
@Path("/v1/adapters")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Adapters", description = "PEFT adapters, addressed as MODEL@NAME in every question")
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class AdaptersResource {
  private static final long MOST_BYTES = 512L << 20;
  private static final String MODEL =
      "Whose adapters: the service's own model if absent, or a language model's folder name";
  private final AdaptersOf adapters;
  private final Uploads uploads;

  AdaptersResource(AdaptersOf adapters, Uploads uploads) {
    this.adapters = adapters;
    this.uploads = uploads;
  }

  @PUT
  @Path("/{name}")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(
      operationId = "putAdapter",
      summary = "Bring an adapter in, or move a name to another version",
      description =
          "The two files of a PEFT folder (adapter_config.json, adapter_model.safetensors), or one zip of it; or a router over several adapters "
              + "(router.json and router.safetensors, or PEFT's X-LoRA folder). It is held against the model's shapes before anything is kept; a version is immutable and known by its digest.")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.MULTIPART_FORM_DATA,
              schema = @Schema(implementation = FileForm.class)))
  @APIResponse(
      responseCode = "201",
      description = "The name is new",
      content = @Content(schema = @Schema(implementation = AdapterView.class)))
  @APIResponse(
      responseCode = "200",
      description = "The name stands for this version now",
      content = @Content(schema = @Schema(implementation = AdapterView.class)))
  public Response put(
      @PathParam("name") String name,
      @Parameter(description = MODEL) @QueryParam("model") @Nullable String model,
      @Parameter(hidden = true) InputStream body,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) String type) {
    adapters.in(model, registry -> true); // one that takes none says so before the upload is read
    try (Upload upload = uploads.read(body, type, Set.of())) {
      Map<String, byte[]> sent = new LinkedHashMap<>();
      for (Part part : Uploads.all(upload)) {
        if (sent.put(part.name(), part.bytes()) != null) {
          throw new PrecordiaException(
              ErrorCode.INVALID_REQUEST, "two files of the form have the same name");
        }
      }
      AdapterUpload read = AdapterArchive.read(sent, MOST_BYTES);
      return adapters.in(model, registry -> put(registry, name, read));
    }
  }

  private static Response put(AdapterRegistry registry, String name, AdapterUpload upload) {
    boolean fresh = registry.all().stream().noneMatch(v -> v.name().equals(name));
    AdapterVersion version = registry.put(name, upload);
    return Response.status(fresh ? 201 : 200).entity(AdapterView.of(version, registry)).build();
  }

  @GET
  @Operation(operationId = "listAdapters", summary = "All adapters of a model")
  public AdapterList list(
      @Parameter(description = MODEL) @QueryParam("model") @Nullable String model) {
    return adapters.in(
        model,
        registry ->
            new AdapterList(
                registry.all().stream().map(v -> AdapterView.of(v, registry)).toList()));
  }

  @GET
  @Path("/{name}")
  @Operation(operationId = "getAdapter", summary = "One adapter with its lineage and residency")
  public AdapterView get(
      @PathParam("name") String name,
      @Parameter(description = MODEL) @QueryParam("model") @Nullable String model) {
    return adapters.in(model, registry -> AdapterView.of(registry.get(name), registry));
  }

  @DELETE
  @Path("/{name}")
  @Operation(
      operationId = "deleteAdapter",
      summary = "Erase an adapter",
      description =
          "New requests do not find it; when those under way are done, its files and its memory are overwritten.")
  @APIResponse(responseCode = "204", description = "Erased")
  public void delete(
      @PathParam("name") String name,
      @Parameter(description = MODEL) @QueryParam("model") @Nullable String model) {
    adapters.in(
        model,
        registry -> {
          registry.delete(name);
          return true;
        });
  }
}
