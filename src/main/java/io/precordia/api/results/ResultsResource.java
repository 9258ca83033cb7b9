package io.precordia.api.results;

import io.precordia.api.EngineHolder;
import io.precordia.api.Problem;
import io.precordia.dicom.result.ResultKind;
import io.precordia.dicom.result.ResultObject;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.store.InstanceRecord;
import io.precordia.study.Modality;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Results of one instance on request. */
@Path("/v1/instances/{id}/results")
@Blocking
@Tag(name = "Results")
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class ResultsResource {
  private static final String DICOM = "application/dicom";
  private final EngineHolder holder;
  private final ResultsService results;

  ResultsResource(EngineHolder holder, ResultsService results) {
    this.holder = holder;
    this.results = results;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "listResults",
      summary = "What the model says of a DICOM film or ECG, and what objects can be made of it")
  public ResultsAnswer list(@PathParam("id") String id) {
    InstanceRecord record = holder.engine().workspace().records().instance(id);
    AnalysedInstance analysed = results.running().analysis().said(record);
    boolean ecg = record.modality() == Modality.ECG;
    return new ResultsAnswer(
        analysed.analysis().findings().stream().map(ResultsAnswer.Said::of).toList(),
        ecg ? List.of("ecg-sr") : List.of("sr", "sc", "pm", "gsps"),
        analysed.analysis().model());
  }

  @POST
  @Produces({DICOM, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "makeResult",
      summary = "Makes a result object, and sends it if a destination is named",
      description =
          "Without destination the object itself, application/dicom. With one, what was put on its way; an object that was sent before is sent again. Nothing is kept of an object that is not sent.")
  @APIResponse(
      responseCode = "200",
      description = "The object",
      content = @Content(mediaType = DICOM))
  @APIResponse(
      responseCode = "202",
      description = "Deliveries",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = DeliveryList.class)))
  public Response make(
      @PathParam("id") String id,
      @Parameter(description = "sr, sc, pm, gsps for a film; ecg-sr for an ECG", required = true)
          @QueryParam("kind")
          @Nullable String kind,
      @Parameter(
              description =
                  "Which finding is shown, whatever is decided of it, for example pleural-effusion; without it those that are present, or of one object the most probable")
          @QueryParam("finding")
          @Nullable String finding,
      @Parameter(description = "Name of a configured destination") @QueryParam("destination")
          @Nullable String destination) {
    ResultKind wanted =
        ResultKind.ofId(String.valueOf(kind))
            .orElseThrow(
                () ->
                    new PrecordiaException(
                        ErrorCode.INVALID_ARGUMENT, "kind is sr, sc, pm, gsps or ecg-sr"));
    ResultsService.Running running = results.running();
    InstanceRecord record = holder.engine().workspace().records().instance(id);
    if ((wanted == ResultKind.ECG_SR) != (record.modality() == Modality.ECG)) {
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_MODALITY, "ecg-sr is made of ECGs, the other kinds of radiographs");
    }
    List<ResultObject> objects =
        running.maker().objects(running.analysis().analyse(record, finding), Set.of(wanted));
    if (objects.isEmpty()) {
      throw new PrecordiaException(
          ErrorCode.NOT_EXPLAINABLE,
          "there is nothing to show: the model is not calibrated, or no finding is present; name one with ?finding=");
    }
    if (destination == null) {
      return Response.ok(objects.getFirst().file())
          .type(DICOM)
          .header("Cache-Control", "private, no-store")
          .build();
    }
    List<String> sent =
        running
            .deliveries()
            .send(
                objects.stream().map(o -> ResultDelivery.delivery(record, destination, o)).toList(),
                true);
    return Response.accepted(
            new DeliveryList(
                sent.stream().map(d -> DeliveryView.of(running.deliveries().get(d))).toList()))
        .type(MediaType.APPLICATION_JSON)
        .build();
  }
}
