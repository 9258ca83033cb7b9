package io.precordia.api;

import io.precordia.api.view.FetchAnswer;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Identity;
import io.precordia.workspace.catalogue.DicomIntake;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Fetching studies from configured peers, by whatever protocol each speaks. */
@Path("/v1/fetches")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Studies")
@APIResponse(
    responseCode = "4XX",
    description = "Problem document",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class FetchResource {
  private static final Pattern UID = Pattern.compile("[0-9]+(\\.[0-9]+)*");
  private static final int LONGEST_UID = 64;
  private final EngineHolder holder;
  private final Instance<StudySource> sources;

  FetchResource(EngineHolder holder, Instance<StudySource> sources) {
    this.holder = holder;
    this.sources = sources;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @Operation(
      operationId = "fetchStudy",
      summary = "Fetch a study from a peer",
      description =
          "Asks a configured archive for a study and takes it in. Answers when the peer has sent everything; each object is durable by then.")
  @APIResponse(
      responseCode = "200",
      description = "What came",
      content = @Content(schema = @Schema(implementation = FetchAnswer.class)))
  public FetchAnswer fetch(@Nullable FetchBody body) {
    FetchBody asked = Bodies.required(body);
    String study = asked.study();
    String from = asked.from();
    if (from == null
        || study == null
        || study.length() > LONGEST_UID
        || !UID.matcher(study).matches()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "from names a configured peer, study is a Study Instance UID");
    }
    Counter counter = new Counter(holder.engine().workspace().catalogue().intake());
    for (StudySource source : sources) {
      counter.from(source.aeTitle(from).map(Identity::from).orElse(Identity.UNKNOWN));
      Optional<Integer> objects = source.fetch(from, study, counter);
      if (objects.isPresent()) {
        return counter.answer(objects.get());
      }
    }
    throw new PrecordiaException(
        ErrorCode.NOT_FOUND,
        "no peer of this name is configured (precordia.dicomweb.peers, precordia.dimse.peers)");
  }

  /** Takes objects in; one that is refused does not keep the others out, a full queue does. */
  private static final class Counter implements Consumer<byte[]> {
    private final DicomIntake intake;
    private Identity sender = Identity.UNKNOWN;
    private int received;
    private int known;
    private int refused;

    Counter(DicomIntake intake) {
      this.intake = intake;
    }

    void from(Identity peer) {
      sender = peer;
    }

    @Override
    public void accept(byte[] file) {
      try {
        if (intake.receive(file, sender).known()) {
          known++;
        } else {
          received++;
        }
      } catch (PrecordiaException e) {
        switch (e.code()) {
          case BUSY, STORAGE_FULL, NOT_READY -> throw e;
          default -> refused++;
        }
      }
    }

    FetchAnswer answer(int objects) {
      return new FetchAnswer(objects, received, known, refused);
    }
  }
}
