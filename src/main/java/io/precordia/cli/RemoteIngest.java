package io.precordia.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.precordia.api.Names;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.Ingest;
import io.precordia.ingest.IngestLimits;
import io.precordia.ingest.Outcome;
import io.precordia.ingest.Receipt;
import io.precordia.ingest.Submission;
import io.precordia.study.Flag;
import io.precordia.study.Identity;
import io.precordia.study.Modality;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A running service's way in, one submission a request, so that the client never holds more than
 * one in memory. For one thread.
 */
final class RemoteIngest implements Ingest {
  private static final int CHUNK = 500;
  private static final long PENDING_VALID_NANOS = 250_000_000;
  private final HttpDoor door;
  private int pending;
  private long pendingAt = System.nanoTime() - PENDING_VALID_NANOS;

  RemoteIngest(HttpDoor door) {
    this.door = door;
  }

  @Override
  public Receipt receive(Submission submission) {
    JsonNode item =
        door.post("/v1/studies", fields(submission.identity()), submission.parts())
            .path("items")
            .path(0);
    if (item.hasNonNull("error")) {
      throw new PrecordiaException(
          code(item.path("error")), item.path("error").path("message").asText());
    }
    return new Receipt(
        item.path("instance").asText(), item.path("outcome").asText().equals("duplicate"));
  }

  private static Map<String, String> fields(Identity identity) {
    Map<String, String> fields = new LinkedHashMap<>();
    put(fields, "subject", identity.subject());
    put(fields, "study", identity.study());
    put(fields, "date", identity.date());
    put(fields, "sex", identity.sex());
    put(fields, "age", identity.ageYears());
    put(fields, "site", identity.site());
    put(fields, "tags", identity.tags().isEmpty() ? null : String.join(",", identity.tags()));
    return fields;
  }

  private static void put(Map<String, String> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value.toString());
    }
  }

  @Override
  public void admit(long bytes) {
    // the service decides when it is sent
  }

  @Override
  public IngestLimits limits() {
    return IngestLimits.DEFAULT;
  }

  @Override
  public List<Outcome> await(List<String> instances, Duration atMost) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int from = 0; from < instances.size(); from += CHUNK) {
      List<String> some = instances.subList(from, Math.min(instances.size(), from + CHUNK));
      for (JsonNode item :
          door.post("/v1/outcomes?wait=" + atMost.toSeconds(), Map.of("instances", some))
              .path("items")) {
        outcomes.add(outcome(item));
      }
    }
    if (outcomes.size() != instances.size()) {
      throw new PrecordiaException(
          ErrorCode.INTERNAL,
          "the service answered for another number of instances than it was asked about");
    }
    return outcomes;
  }

  private static Outcome outcome(JsonNode item) {
    List<Flag> flags = new ArrayList<>();
    item.path("flags")
        .forEach(flag -> flags.add(new Flag(code(flag), flag.path("message").asText())));
    return new Outcome(
        item.path("instance").asText(),
        item.path("study").asText(),
        item.path("subject").asText(),
        Names.parse(Outcome.Status.class, item.path("outcome").asText(), "outcome"),
        item.hasNonNull("modality")
            ? Names.parse(Modality.class, item.path("modality").asText(), "modality")
            : null,
        item.path("format").asText(),
        flags);
  }

  private static ErrorCode code(JsonNode flag) {
    return ErrorCode.ofId(flag.path("code").asText()).orElse(ErrorCode.INTERNAL);
  }

  /** Asked often, so an answer is used for a quarter of a second. */
  @Override
  public int pending() {
    if (System.nanoTime() - pendingAt >= PENDING_VALID_NANOS) {
      pending = door.get("/v1/queue").path("pending").asInt();
      pendingAt = System.nanoTime();
    }
    return pending;
  }

  @Override
  public void close() {
    // the door belongs to the service object
  }
}
