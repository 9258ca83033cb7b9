package io.precordia.api;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.workspace.catalogue.DicomIntake;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Fetching what an archive has of a patient. */
@Path("/v1/priors")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Studies")
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class PriorsResource {
  private static final int LONGEST_ID = 64;
  private final EngineHolder holder;
  private final DimseStudies studies;
  private final PrecordiaConfig config;

  PriorsResource(EngineHolder holder, DimseStudies studies, PrecordiaConfig config) {
    this.holder = holder;
    this.studies = studies;
    this.config = config;
  }

  /**
   * What came.
   *
   * @param studies that the peer has of the patient
   * @param objects that it sent
   */
  public record Answer(int studies, int objects) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "fetchPriors",
      summary = "Fetch a patient's studies from an archive",
      description =
          "Asks a DICOM peer for all studies of a patient (C-FIND, then C-GET or C-MOVE) and takes them in. Answers when the peer has sent everything; each object is durable by then.")
  @APIResponse(
      responseCode = "200",
      description = "What came",
      content = @Content(schema = @Schema(implementation = Answer.class)))
  public Answer fetch(@Nullable PriorsBody body) {
    PriorsBody asked = Bodies.required(body);
    String from = asked.from();
    String patient = asked.patient();
    if (from == null
        || patient == null
        || patient.isBlank()
        || patient.length() > LONGEST_ID
        || patient.matches(".*[*?\\\\\\p{Cntrl}].*")) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "from names a configured DICOM peer, patient is a Patient ID without wild cards");
    }
    if (!config.dimse().peers().containsKey(from)) {
      throw new PrecordiaException(
          ErrorCode.NOT_FOUND, "precordia.dimse.peers has no peer of this name");
    }
    DicomIntake intake = holder.engine().workspace().catalogue().intake();
    List<String> found = studies.ofPatient(from, patient);
    int objects = 0;
    for (String study : found) {
      objects += studies.fetch(from, study, intake::receive).orElse(0);
    }
    return new Answer(found.size(), objects);
  }
}
