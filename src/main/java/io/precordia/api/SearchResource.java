package io.precordia.api;

import io.precordia.api.upload.Upload;
import io.precordia.api.view.SearchAnswer;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.query.SearchRequest;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
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

/** What is similar. */
@Path("/v1/search")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Questions")
@APIResponse(
    responseCode = "200",
    content = @Content(schema = @Schema(implementation = SearchAnswer.class)))
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class SearchResource {
  private static final Set<String> FIELDS = Set.of("modality", "filter", "k", "group", "model");
  private final EngineHolder holder;
  private final Uploads uploads;
  private final SearchPlan plan;

  SearchResource(EngineHolder holder, Uploads uploads, PrecordiaConfig config) {
    this.holder = holder;
    this.uploads = uploads;
    this.plan = new SearchPlan(config.search().maxK());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "search", summary = "Search by words, by a kept instance or by a file")
  public SearchAnswer json(@Nullable SearchBody body) {
    SearchBody b = Bodies.required(body);
    SearchRequest request =
        plan.of(
            b.text(),
            List.of(),
            b.instance(),
            b.modality(),
            b.filter(),
            b.k(),
            b.words(),
            b.group());
    Engine engine = holder.engine();
    @Nullable String byDefault = engine.defaults().ofSearch(request, engine.workspace().records());
    try (Questions questions = holder.ask(b.model(), byDefault)) {
      return SearchAnswer.of(questions.searches().search(request));
    }
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(
      operationId = "searchFile",
      summary = "Search by words, by a kept instance or by a file")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.MULTIPART_FORM_DATA,
              schema = @Schema(implementation = SearchForm.class)))
  public SearchAnswer file(
      @Parameter(hidden = true) InputStream body,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) String type) {
    holder.engine(); // a service that is not ready says so before it reads the upload
    try (Upload upload = uploads.read(body, type, FIELDS);
        Questions questions = holder.ask(upload.fields().get("model"))) {
      Map<String, String> f = upload.fields();
      return SearchAnswer.of(
          questions
              .searches()
              .search(
                  plan.of(
                      null,
                      Uploads.all(upload),
                      null,
                      f.get("modality"),
                      f.get("filter"),
                      number(f.get("k")),
                      null,
                      f.get("group"))));
    }
  }

  private static @Nullable Integer number(@Nullable String k) {
    try {
      return k == null ? null : Integer.valueOf(k.strip());
    } catch (NumberFormatException e) {
      throw new PrecordiaException(ErrorCode.INVALID_ARGUMENT, "k must be a whole number", e);
    }
  }
}
