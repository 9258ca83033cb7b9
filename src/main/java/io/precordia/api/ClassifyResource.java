package io.precordia.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.precordia.api.upload.Upload;
import io.precordia.api.view.ClassifyAnswer;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Content;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is it. */
@Path("/v1/classify")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Questions")
@APIResponse(
    responseCode = "200",
    content =
        @org.eclipse.microprofile.openapi.annotations.media.Content(
            schema = @Schema(implementation = ClassifyAnswer.class)))
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @org.eclipse.microprofile.openapi.annotations.media.Content(
            mediaType = Problem.MEDIA_TYPE,
            schema = @Schema(implementation = Problem.class)))
public class ClassifyResource {
  private static final int MOST_LABELS = 100;
  private static final Set<String> FIELDS = Set.of("labels", "prompts", "model");
  private final EngineHolder holder;
  private final Uploads uploads;
  private final ObjectMapper json;

  ClassifyResource(EngineHolder holder, Uploads uploads, ObjectMapper json) {
    this.holder = holder;
    this.uploads = uploads;
    this.json = json;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "classify",
      summary = "Zero-shot probabilities of labels",
      description = "Prompt ensembles; a label without sentences of its own gets standard ones.")
  public ClassifyAnswer json(@Nullable ClassifyBody body) {
    ClassifyBody request = Bodies.required(body);
    Engine engine = holder.engine();
    if ((request.instance() == null) == (request.text() == null)) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "exactly one of instance, text and a file is needed");
    }
    List<String> labels = Bodies.strings(request.labels(), "labels", MOST_LABELS);
    Map<String, List<String>> prompts = request.prompts() == null ? Map.of() : request.prompts();
    Content content =
        request.text() != null
            ? Embeddings.report(request.text())
            : Embeddings.content(
                engine.workspace().records().decoded(String.valueOf(request.instance())));
    @Nullable String byDefault =
        engine.defaults().ofInstance(request.instance(), engine.workspace().records());
    try (Questions questions = holder.ask(request.model(), byDefault)) {
      return classify(questions, content, labels, prompts);
    }
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(operationId = "classifyFile", summary = "Zero-shot probabilities of labels")
  @RequestBody(
      content =
          @org.eclipse.microprofile.openapi.annotations.media.Content(
              mediaType = MediaType.MULTIPART_FORM_DATA,
              schema = @Schema(implementation = ClassifyForm.class)))
  public ClassifyAnswer file(
      @Parameter(hidden = true) InputStream body,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) String type)
      throws JsonProcessingException {
    holder.engine(); // a service that is not ready says so before it reads the upload
    try (Upload upload = uploads.read(body, type, FIELDS);
        Questions questions = holder.ask(upload.fields().get("model"))) {
      String prompts = upload.fields().get("prompts");
      return classify(
          questions,
          questions.embeddings().content(Uploads.all(upload)),
          Arrays.stream(upload.fields().getOrDefault("labels", "").split(","))
              .map(String::strip)
              .filter(label -> !label.isEmpty())
              .toList(),
          prompts == null
              ? Map.of()
              : json.readValue(prompts, new TypeReference<Map<String, List<String>>>() {}));
    }
  }

  private static ClassifyAnswer classify(
      Questions questions,
      Content content,
      List<String> labels,
      Map<String, List<String>> prompts) {
    return questions
        .classification()
        .classify(content.modality(), questions.embeddings().vectors(content), labels, prompts);
  }
}
