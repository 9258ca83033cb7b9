package io.precordia.api;

import io.precordia.api.view.V2;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.serve.generate.Generators;
import io.precordia.serve.generate.TextGenerator;
import io.precordia.study.ModelRef;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The model repository extension of the Open Inference Protocol: what lies in the models folder,
 * and exchanging the model that answers without a pause.
 */
@Path("/v2/repository")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Open Inference Protocol")
public class RepositoryResource {
  private final EngineHolder holder;
  private final Generators generators;
  private final ModelFolders folders;

  RepositoryResource(EngineHolder holder, GeneratorsHolder generators, PrecordiaConfig config) {
    this.holder = holder;
    this.generators = generators.generators();
    this.folders = new ModelFolders(config.models());
  }

  @POST
  @Path("/index")
  @Operation(operationId = "v2Index", summary = "The model, its adapters, and what could be loaded")
  public List<V2.IndexEntry> index() {
    Engine engine = holder.engine();
    ModelRef own = engine.gate().ref();
    List<V2.IndexEntry> out = new ArrayList<>();
    out.add(new V2.IndexEntry(own.id(), own.version(), "READY", ""));
    if (engine.gate().adaptable().isPresent()) {
      engine
          .adapters()
          .all()
          .forEach(
              v -> out.add(new V2.IndexEntry(own.id() + "@" + v.name(), v.sha256(), "READY", "")));
    }
    String loading = engine.loading();
    for (String folder : folders.names()) {
      if (folder.equals(loading)) {
        out.add(
            new V2.IndexEntry(
                folder,
                "",
                "LOADING",
                engine.workspace().stillToReembed() + " instances still to be embedded"));
      } else if (generators.names().contains(folder)) {
        out.add(new V2.IndexEntry(folder, "", "READY", "continues texts"));
      } else if (!folder.equals(own.id())) {
        out.add(new V2.IndexEntry(folder, "", "UNAVAILABLE", "not loaded"));
      }
    }
    return out;
  }

  @POST
  @Path("/models/{name}/load")
  @Operation(
      operationId = "v2Load",
      summary = "Let another model answer",
      description =
          "A folder of precordia.models. A language model is opened beside the others (200). For another encoder, everything kept is embedded by it in the background while the present model goes on answering; "
              + "then both are exchanged at one moment. The choice holds after a restart, until precordia.model is changed.")
  @APIResponse(responseCode = "202", description = "Being prepared; the index tells how far it is")
  public Response load(@PathParam("name") String name) {
    Engine engine = holder.engine();
    java.nio.file.Path folder = folders.require(name);
    if (TextGenerator.reads(folder)) {
      generators.load(name, folder);
      return Response.ok(Map.of("name", name, "state", "READY")).build();
    }
    engine.load(name, folder);
    return Response.status(Response.Status.ACCEPTED)
        .entity(Map.of("name", name, "state", "LOADING"))
        .build();
  }

  @POST
  @Path("/models/{name}/unload")
  @Operation(
      operationId = "v2Unload",
      summary = "Close a language model; refused for the model that embeds")
  public Response unload(@PathParam("name") String name) {
    if (generators.unload(name)) {
      return Response.ok(Map.of("name", name, "state", "UNAVAILABLE")).build();
    }
    if (holder.engine().gate().ref().id().equals(name)) {
      throw new PrecordiaException(
          ErrorCode.CONFLICT, "the service needs a model; load another one in its place");
    }
    throw new PrecordiaException(ErrorCode.NOT_FOUND, "no loaded model has this name");
  }
}
