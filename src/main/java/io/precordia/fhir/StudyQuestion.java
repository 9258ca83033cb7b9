package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.store.InstanceRecord;
import io.precordia.store.InstanceStatus;
import io.precordia.store.StudyRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which kept instances an operation is about. */
final class StudyQuestion {
  private StudyQuestion() {}

  /**
   * Embedded images and recordings of the study, or the one instance of it that is named.
   *
   * @throws PrecordiaException NOT_FOUND
   */
  static List<InstanceRecord> evidence(Kept kept, String study, @Nullable String instance) {
    StudyRecord record =
        kept.study(study)
            .filter(ImagingStudyKind::hasEvidence)
            .orElseThrow(() -> new PrecordiaException(ErrorCode.NOT_FOUND, "no such ImagingStudy"));
    List<InstanceRecord> evidence =
        record.instances().stream()
            .filter(Kept::isEvidence)
            .filter(i -> i.status() == InstanceStatus.STORED)
            .filter(i -> instance == null || i.id().equals(instance))
            .toList();
    if (evidence.isEmpty()) {
      throw new PrecordiaException(
          ErrorCode.NOT_FOUND,
          "the study has no such instance that was embedded; its flags say why");
    }
    return evidence;
  }

  /** The id of a reference or URL to an ImagingStudy, or the id itself. */
  static String id(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }
}
