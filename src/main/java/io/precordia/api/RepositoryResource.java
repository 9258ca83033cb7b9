package io.precordia.api;

import io.precordia.api.view.V2;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.ModelRef;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private final EngineHolder holder;
  private final PrecordiaConfig config;

  RepositoryResource(EngineHolder holder, PrecordiaConfig config) {
    this.holder = holder;
    this.config = config;
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
    for (String folder : folders()) {
      if (folder.equals(loading)) {
        out.add(
            new V2.IndexEntry(
                folder,
                "",
                "LOADING",
                engine.workspace().stillToReembed() + " instances still to be embedded"));
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
          "A folder of precordia.models. Everything kept is embedded by it in the background while the present model goes on answering; "
              + "then both are exchanged at one moment. The choice holds after a restart, until precordia.model is changed.")
  @APIResponse(responseCode = "202", description = "Being prepared; the index tells how far it is")
  public Response load(@PathParam("name") String name) {
    Engine engine = holder.engine();
    if (!NAME.matcher(name).matches() || !folders().contains(name)) {
      throw new PrecordiaException(
          ErrorCode.NOT_FOUND, "the models folder has no such model folder with a config.json");
    }
    engine.load(name, config.models().resolve(name));
    return Response.status(Response.Status.ACCEPTED)
        .entity(Map.of("name", name, "state", "LOADING"))
        .build();
  }

  @POST
  @Path("/models/{name}/unload")
  @Operation(
      operationId = "v2Unload",
      summary = "Refused for the model that answers; the others are not loaded")
  public Response unload(@PathParam("name") String name) {
    if (holder.engine().gate().ref().id().equals(name)) {
      throw new PrecordiaException(
          ErrorCode.CONFLICT, "the service needs a model; load another one in its place");
    }
    throw new PrecordiaException(ErrorCode.NOT_FOUND, "no loaded model has this name");
  }

  private List<String> folders() {
    try (Stream<java.nio.file.Path> files = Files.list(config.models())) {
      return files
          .filter(f -> Files.isRegularFile(f.resolve("config.json")))
          .map(f -> String.valueOf(f.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
