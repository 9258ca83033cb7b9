package io.precordia.api.view;

import io.precordia.store.StudyRecord;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A study with its instances.
 *
 * @param order what was ordered; null if it is not known, and in listings
 * @param linked other studies of the same encounter; null in listings
 */
public record StudyView(
    String study,
    String subject,
    List<InstanceView> instances,
    @Schema(
            description =
                "Other studies of the subject that belong to the same encounter although they share no Study Instance UID; absent in listings")
        @Nullable List<StudyLink> linked,
    @Schema(description = "What was ordered, if an order is known; absent in listings")
        @Nullable StudyOrder order) {
  /** Without its links, as in listings. */
  public StudyView(String study, String subject, List<InstanceView> instances) {
    this(study, subject, instances, null, null);
  }

  public static StudyView of(
      StudyRecord record, List<StudyLink> linked, @Nullable StudyOrder order) {
    return new StudyView(
        record.id(),
        record.subject(),
        record.instances().stream().map(InstanceView::of).toList(),
        linked,
        order);
  }
}
