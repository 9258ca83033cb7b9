package io.precordia.api;

import io.precordia.api.view.ExplanationAnswer;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.explain.ExplanationMethod;
import io.precordia.study.Content;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where did the model look. */
@Path("/v1/instances/{id}/explanation")
@Blocking
@Tag(name = "Questions")
@APIResponse(
    responseCode = "200",
    description = "Numbers, or a picture",
    content = {
      @org.eclipse.microprofile.openapi.annotations.media.Content(
          mediaType = MediaType.APPLICATION_JSON,
          schema = @Schema(implementation = ExplanationAnswer.class)),
      @org.eclipse.microprofile.openapi.annotations.media.Content(mediaType = "image/png")
    })
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @org.eclipse.microprofile.openapi.annotations.media.Content(
            mediaType = Problem.MEDIA_TYPE,
            schema = @Schema(implementation = Problem.class)))
public class ExplanationResource {
  private static final MediaType PNG = new MediaType("image", "png");

  /** A map is derived from patient data and made anew for every request. */
  private static final String PRIVATE = "private, no-store";

  private final EngineHolder holder;

  ExplanationResource(EngineHolder holder) {
    this.holder = holder;
  }

  @GET
  @Produces({MediaType.APPLICATION_JSON, "image/png"})
  @Operation(
      operationId = "explainInstance",
      summary = "Where the model looked for a text",
      description =
          "A heat map over an X-ray, or over the first ten seconds of each lead of an ECG. Numbers as JSON; with Accept: image/png the map drawn over the film or the tracing. Nothing is kept. It shows what moved the model's score, not where disease is.")
  public Response explanation(
      @PathParam("id") String id,
      @Parameter(description = "What to look for, 1 to 500 characters", required = true)
          @QueryParam("text")
          @Nullable String text,
      @Parameter(
              description = "Method of docs/explanations.md",
              schema = @Schema(enumeration = {"rollout", "gradient", "salient", "relevance"}))
          @QueryParam("method")
          @DefaultValue("relevance")
          String method,
      @Parameter(description = "ID or ID@ADAPTER; the service's own without it")
          @QueryParam("model")
          @Nullable String model,
      @Parameter(hidden = true) @Context Request request) {
    Variant variant =
        request.selectVariant(Variant.mediaTypes(MediaType.APPLICATION_JSON_TYPE, PNG).build());
    if (variant == null) {
      throw new PrecordiaException(
          ErrorCode.NOT_ACCEPTABLE, "an explanation is application/json or image/png");
    }
    TextQuery.required(text);
    ExplanationMethod asked = ExplanationMethod.of(method);
    Engine engine = holder.engine();
    Content content = Embeddings.content(engine.workspace().records().decoded(id));
    try (Questions questions = holder.ask(model)) {
      Explanations explanations = questions.explanations();
      Explanations.Explained explained = explanations.explain(content, text, asked);
      boolean picture = PNG.isCompatible(variant.getMediaType());
      return Response.ok(picture ? explained.png() : explanations.answer(explained))
          .type(variant.getMediaType())
          .header("Cache-Control", PRIVATE)
          .header("Vary", "Accept")
          .build();
    }
  }
}
