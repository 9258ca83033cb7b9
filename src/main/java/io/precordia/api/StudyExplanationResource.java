package io.precordia.api;

import io.precordia.api.view.SharesAnswer;
import io.precordia.store.InstanceRecord;
import io.precordia.store.StudyRecord;
import io.precordia.study.Content;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What in a study speaks for a text. */
@Path("/v1/studies/{id}/explanation")
@Blocking
@Tag(name = "Questions")
@APIResponse(
    responseCode = "200",
    description = "The share of each modality",
    content =
        @org.eclipse.microprofile.openapi.annotations.media.Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = SharesAnswer.class)))
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @org.eclipse.microprofile.openapi.annotations.media.Content(
            mediaType = Problem.MEDIA_TYPE,
            schema = @Schema(implementation = Problem.class)))
public class StudyExplanationResource {
  private final EngineHolder holder;

  StudyExplanationResource(EngineHolder holder) {
    this.holder = holder;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "explainStudy",
      summary = "How much X-ray, ECG and report each say for a text",
      description =
          "The score of the study's fused vector for a text, and the part of each modality in it (exact Shapley values: they sum to the score). Instances that could not be read are left out. Where in a film or tracing: ask the instance.")
  public Response shares(
      @PathParam("id") String id,
      @Parameter(description = "What to look for, 1 to 500 characters", required = true)
          @QueryParam("text")
          @Nullable String text,
      @Parameter(description = "ID or ID@ADAPTER; the service's own without it")
          @QueryParam("model")
          @Nullable String model) {
    TextQuery.required(text);
    Engine engine = holder.engine();
    StudyRecord study = engine.workspace().records().study(id);
    List<Content> contents = new ArrayList<>();
    for (InstanceRecord instance : study.instances()) {
      Content content = engine.workspace().records().decoded(instance.id()).content();
      if (content != null) {
        contents.add(content);
      }
    }
    try (Questions questions = holder.ask(model)) {
      SharesAnswer answer =
          new StudyShares(questions.embeddings(), questions.explanations())
              .answer(study.id(), contents, text);
      return Response.ok(answer).header("Cache-Control", "private, no-store").build();
    }
  }
}
