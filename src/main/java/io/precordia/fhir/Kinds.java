package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import jakarta.inject.Singleton;
import java.util.List;

/** The resource types that are served, in the order of the capability statement. */
@Singleton
public class Kinds {
  private final List<ResourceKind> all;

  Kinds(
      PatientKind patient,
      ImagingStudyKind study,
      DiagnosticReportKind report,
      ObservationKind observation,
      DeviceKind device,
      ProvenanceKind provenance,
      BinaryKind binary) {
    this.all = List.of(patient, study, report, observation, device, provenance, binary);
  }

  List<ResourceKind> all() {
    return all;
  }

  /**
   * @throws PrecordiaException NOT_FOUND
   */
  ResourceKind of(String type) {
    return all.stream()
        .filter(kind -> kind.type().equals(type))
        .findFirst()
        .orElseThrow(
            () ->
                new PrecordiaException(
                    ErrorCode.NOT_FOUND,
                    "this resource type is not served here; /fhir/metadata lists those that are"));
  }
}
