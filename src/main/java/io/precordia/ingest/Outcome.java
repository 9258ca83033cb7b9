package io.precordia.ingest;

import io.precordia.study.Flag;
import io.precordia.study.Modality;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a submission.
 *
 * @param status RECEIVED (durable, not yet processed), STORED (embedded and searchable), FLAGGED
 *     (kept, not embedded), DUPLICATE (same content already kept: {@code instance} is the first
 *     one)
 */
public record Outcome(
    String instance,
    String study,
    String subject,
    Status status,
    @Nullable Modality modality,
    String format,
    List<Flag> flags) {
  /** See {@link Outcome}. */
  public enum Status {
    RECEIVED,
    STORED,
    FLAGGED,
    DUPLICATE
  }
}
