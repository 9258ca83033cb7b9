package io.precordia.store;

import io.precordia.study.Flag;
import io.precordia.study.Identity;
import io.precordia.study.Modality;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kept instance.
 *
 * @param sequence order of storing; grows, may have gaps
 * @param subject its patient: the surviving subject where subjects were merged
 * @param origin the subject that it came under and whose key seals it; the same as {@code subject}
 *     unless that was merged away
 * @param modality what it was embedded as, or would be; null if nothing in it is of a known kind
 * @param format short name of the file format read
 * @param identity what the sender and the file say of it; patient data, encrypted at rest
 * @param text the narrative of a report, else null; patient data, encrypted at rest
 * @param flags reasons if FLAGGED, remarks if STORED
 * @param partNames the names of its files as the sender gave them; encrypted at rest
 * @param bytes size of its files together
 * @param joined identifier of the study that the order of a report leads to, null if it is in the
 *     study that its own identifier says; patient data, encrypted at rest
 * @param windows number of vectors under the current model, 0 if FLAGGED
 */
public record InstanceRecord(
    String id,
    long sequence,
    String study,
    String subject,
    String origin,
    InstanceStatus status,
    @Nullable Modality modality,
    String format,
    Identity identity,
    @Nullable String text,
    List<Flag> flags,
    List<String> partNames,
    long bytes,
    Instant received,
    @Nullable String joined,
    int windows) {
  public InstanceRecord {
    flags = List.copyOf(flags);
    partNames = List.copyOf(partNames);
  }

  /** Identifier of the study that it is in, null if nobody named one. */
  @Nullable String studyName() {
    return joined != null ? joined : identity.study();
  }
}
