package io.precordia.api;

import io.precordia.api.view.GenerateAnswer;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.serve.generate.Generated;
import io.precordia.serve.generate.Generators;
import io.precordia.serve.generate.TextGenerator;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The generate extension of the Open Inference Protocol: LLaMA and Qwen3 folders. */
@Path("/v2/models/{model}/generate")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Open Inference Protocol")
public class GenerateResource {
  private static final int DEFAULT_TOKENS = 64;
  private final EngineHolder holder;
  private final Generators generators;
  private final ModelFolders folders;

  GenerateResource(EngineHolder holder, GeneratorsHolder generators, PrecordiaConfig config) {
    this.holder = holder;
    this.generators = generators.generators();
    this.folders = new ModelFolders(config.models());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "v2Generate",
      summary = "Continue a text",
      description =
          "By the most probable tokens, with a folder of precordia.models whose model_type is llama or qwen3. "
              + "It is opened when it is first asked for. Address its adapters as MODEL@NAME. Parameters: max_tokens (64).")
  @APIResponse(responseCode = "200", description = "The continuation, without the prompt")
  @APIResponse(responseCode = "422", description = "not-generative: another kind of model")
  public GenerateAnswer generate(@PathParam("model") String model, @Nullable GenerateBody body) {
    GenerateBody request = Bodies.required(body);
    if (request.textInput() == null) {
      throw new PrecordiaException(ErrorCode.INVALID_REQUEST, "text_input is needed");
    }
    Integer most = request.parameters() == null ? null : request.parameters().maxTokens();
    ModelAddress address = ModelAddress.of(model);
    if (address.id().equals(holder.engine().gate().ref().id())) {
      throw TextGenerator.notGenerative(address.id());
    }
    Generated made =
        generators.generate(
            address.id(),
            folders.require(address.id()),
            address.mix(null),
            request.textInput(),
            most == null ? DEFAULT_TOKENS : most,
            holder.client());
    return GenerateAnswer.of(model, made);
  }
}
