package io.precordia.api;

import io.precordia.api.upload.Upload;
import io.precordia.api.upload.UploadedFile;
import io.precordia.api.view.FlagView;
import io.precordia.api.view.ImportAnswer;
import io.precordia.api.view.ImportItem;
import io.precordia.api.view.InstanceView;
import io.precordia.api.view.StudyPage;
import io.precordia.api.view.StudyView;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.Part;
import io.precordia.ingest.Submission;
import io.precordia.store.InstanceRecord;
import io.precordia.store.Page;
import io.precordia.store.StudyRecord;
import io.precordia.study.Identity;
import io.precordia.workspace.Records;
import io.precordia.workspace.Workspace;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

/** Bringing studies in and listing them. */
@Path("/v1/studies")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Studies", description = "X-rays, ECGs and reports that are kept")
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class StudiesResource {
  private static final String REPORT = "report";
  private static final Set<String> FIELDS = fields();
  private final EngineHolder holder;
  private final Uploads uploads;
  private final PrecordiaConfig config;
  private final Meters meters;

  StudiesResource(EngineHolder holder, Uploads uploads, PrecordiaConfig config, Meters meters) {
    this.holder = holder;
    this.uploads = uploads;
    this.config = config;
    this.meters = meters;
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @RunOnVirtualThread
  @Operation(
      operationId = "importStudies",
      summary = "Bring files in",
      description =
          "Any mix of formats in one form: DICOM, PNG, JPEG, WFDB (.hea with its .dat), HL7 aECG, CSV, NPY, HL7 v2, plain text. What is answered "
              + "is durable: a crash loses nothing of it. Fields apply to every file and win over what the files say. Each file has its own outcome; "
              + "one that is refused does not keep the others out. When every file was refused for one reason, the answer is that problem.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.MULTIPART_FORM_DATA,
              schema = @Schema(implementation = ImportForm.class)))
  @APIResponse(
      responseCode = "201",
      description = "Processed, something is new",
      content = @Content(schema = @Schema(implementation = ImportAnswer.class)))
  @APIResponse(
      responseCode = "202",
      description = "Durable, some of it still being processed",
      content = @Content(schema = @Schema(implementation = ImportAnswer.class)))
  @APIResponse(
      responseCode = "200",
      description = "Nothing new",
      content = @Content(schema = @Schema(implementation = ImportAnswer.class)))
  public Response submit(
      @Parameter(hidden = true) InputStream body,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) String type,
      @Parameter(description = "Seconds to wait for processing", example = "10")
          @QueryParam("wait")
          @DefaultValue("0")
          String wait) {
    long begun = System.nanoTime();
    Duration atMost = Parameters.seconds("wait", wait, config.upload().maxWait());
    StudyIntake.Accepted accepted = accept(holder.engine(), body, type);
    ImportAnswer answer = accepted.await(atMost);
    meters.imported(answer, Duration.ofNanos(System.nanoTime() - begun));
    return respond(answer);
  }

  private StudyIntake.Accepted accept(Engine engine, InputStream body, String type) {
    engine.workspace().ingest().admit(0);
    try (Upload upload = uploads.read(body, type, FIELDS)) {
      String report = upload.fields().get(REPORT);
      if (upload.files().isEmpty() && report == null) {
        throw new PrecordiaException(
            ErrorCode.INVALID_REQUEST, "the form has no file; send one as a part with a filename");
      }
      Identity identity = IdentityFields.parse(upload.fields());
      List<Part> files = new ArrayList<>();
      List<String> tooLarge = new ArrayList<>();
      for (UploadedFile file : upload.files()) {
        if (file.tooLarge()) {
          tooLarge.add(file.name());
        } else {
          files.add(new Part(file.name(), file.bytes()));
        }
      }
      StudyIntake.Accepted accepted = engine.intake().accept(files, identity);
      tooLarge.forEach(
          name ->
              accepted.refuse(
                  name,
                  FlagView.of(
                      ErrorCode.TOO_LARGE,
                      "the file is larger than precordia.upload.max-file allows")));
      if (report != null) {
        accepted.take(
            new Submission(
                List.of(new Part("report.txt", report.getBytes(StandardCharsets.UTF_8))),
                identity));
      }
      return accepted;
    }
  }

  private static Response respond(ImportAnswer answer) {
    List<ImportItem> items = answer.items();
    FlagView error = items.getFirst().error();
    if (error != null
        && items.stream()
            .allMatch(item -> item.error() != null && item.error().code().equals(error.code()))) {
      throw new PrecordiaException(
          ErrorCode.ofId(error.code()).orElse(ErrorCode.INTERNAL), error.message());
    }
    int status = answer.received() > 0 ? 202 : answer.stored() + answer.flagged() > 0 ? 201 : 200;
    return Response.status(status).entity(answer).build();
  }

  private static Set<String> fields() {
    Set<String> names = new HashSet<>(IdentityFields.NAMES);
    names.add(REPORT);
    return Set.copyOf(names);
  }

  @GET
  @Path("/{id}")
  @Operation(operationId = "getStudy", summary = "One study with its instances")
  public StudyView study(@PathParam("id") String id) {
    Workspace workspace = holder.engine().workspace();
    Records records = workspace.records();
    StudyRecord study = records.study(id);
    return StudyView.of(
        study,
        new StudyLinks(records, config.identity().linkWindow()).of(study),
        new StudyOrders(workspace).of(study).orElse(null));
  }

  @GET
  @Operation(operationId = "listStudies", summary = "Studies in the order they came")
  public StudyPage list(
      @Parameter(description = "0, then `next` of the page before")
          @QueryParam("after")
          @DefaultValue("0")
          String after,
      @Parameter(description = "Instances a page, 1 to 1000")
          @QueryParam("limit")
          @DefaultValue("100")
          String limit) {
    Page<InstanceRecord> page =
        holder
            .engine()
            .workspace()
            .records()
            .list(null, Parameters.after(after), Parameters.limit(limit));
    Map<String, List<InstanceRecord>> studies = new LinkedHashMap<>();
    page.items()
        .forEach(
            item -> studies.computeIfAbsent(item.study(), study -> new ArrayList<>()).add(item));
    return new StudyPage(
        studies.values().stream()
            .map(
                list ->
                    new StudyView(
                        list.getFirst().study(),
                        list.getFirst().subject(),
                        list.stream().map(InstanceView::of).toList()))
            .toList(),
        page.next());
  }
}
