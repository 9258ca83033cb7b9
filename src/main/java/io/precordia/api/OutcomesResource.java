package io.precordia.api;

import io.precordia.api.view.ImportAnswer;
import io.precordia.api.view.ImportItem;
import io.precordia.api.view.QueueView;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Following what was accepted but not yet processed. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Studies")
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class OutcomesResource {
  private static final int MOST = 1000;
  private final EngineHolder holder;
  private final PrecordiaConfig config;

  OutcomesResource(EngineHolder holder, PrecordiaConfig config) {
    this.holder = holder;
    this.config = config;
  }

  @POST
  @Path("/outcomes")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "outcomes",
      summary = "What became of instances that were answered as received")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ImportAnswer.class)))
  public ImportAnswer outcomes(
      @Nullable OutcomesRequest body,
      @Parameter(description = "Seconds to wait for processing")
          @QueryParam("wait")
          @DefaultValue("0")
          String wait) {
    List<String> instances = Bodies.strings(Bodies.required(body).instances(), "instances", MOST);
    if (instances.isEmpty()) {
      throw new PrecordiaException(ErrorCode.INVALID_REQUEST, "instances are needed");
    }
    Duration atMost = Parameters.seconds("wait", wait, config.upload().maxWait());
    return ImportAnswer.of(
        holder.engine().workspace().ingest().await(instances, atMost).stream()
            .map(o -> ImportItem.of(List.of(), o, false))
            .toList());
  }

  @GET
  @Path("/queue")
  @Operation(operationId = "queue", summary = "How much waits to be processed")
  public QueueView queue() {
    Engine engine = holder.engine();
    return new QueueView(engine.workspace().ingest().pending(), engine.gate().queued());
  }
}
