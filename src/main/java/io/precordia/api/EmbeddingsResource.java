package io.precordia.api;

import io.precordia.api.upload.Upload;
import io.precordia.api.view.EmbeddingItem;
import io.precordia.api.view.EmbeddingsAnswer;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Vectors of what is sent or kept. */
@Path("/v1/embeddings")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Questions", description = "Embedding, searching, classifying")
@APIResponse(
    responseCode = "200",
    content = @Content(schema = @Schema(implementation = EmbeddingsAnswer.class)))
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class EmbeddingsResource {
  private static final int MOST_ITEMS = 1000;
  private final EngineHolder holder;
  private final Uploads uploads;

  EmbeddingsResource(EngineHolder holder, Uploads uploads) {
    this.holder = holder;
    this.uploads = uploads;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "embed",
      summary = "Vectors of texts, kept instances or files",
      description =
          "Each item has its vectors or its error; the batch never fails as a whole. An instance may have an adapter by rule where none is named.")
  public EmbeddingsAnswer json(@Nullable EmbeddingsRequest body) {
    EmbeddingsRequest request = Bodies.required(body);
    List<String> texts = Bodies.strings(request.texts(), "texts", MOST_ITEMS);
    List<String> instances = Bodies.strings(request.instances(), "instances", MOST_ITEMS);
    if (texts.isEmpty() && instances.isEmpty()) {
      throw new PrecordiaException(ErrorCode.INVALID_REQUEST, "texts or instances are needed");
    }
    Engine engine = holder.engine();
    List<@Nullable String> defaults = new ArrayList<>();
    for (String id : instances) {
      defaults.add(engine.defaults().ofInstance(id, engine.workspace().records()));
    }
    if (request.models() != null || defaults.stream().anyMatch(Objects::nonNull)) {
      return new MixedEmbeddings(engine, request.model(), holder.client())
          .answer(texts, instances, request.models(), defaults);
    }
    try (Questions questions = holder.ask(request.model())) {
      Embeddings embeddings = questions.embeddings();
      List<EmbeddingItem> items = new ArrayList<>(embeddings.texts(texts, 0));
      items.addAll(embeddings.instances(instances, engine.workspace().records(), items.size()));
      return embeddings.answer(items);
    }
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(operationId = "embedFile", summary = "Vectors of texts, kept instances or files")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.MULTIPART_FORM_DATA,
              schema = @Schema(implementation = FileForm.class)))
  public EmbeddingsAnswer files(
      @Parameter(hidden = true) InputStream body,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) String type) {
    holder.engine(); // a service that is not ready says so before it reads the upload
    try (Upload upload = uploads.read(body, type, Set.of("model"));
        Questions questions = holder.ask(upload.fields().get("model"))) {
      return questions.embeddings().files(Uploads.all(upload));
    }
  }
}
