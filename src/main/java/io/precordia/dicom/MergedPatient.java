package io.precordia.dicom;

import io.precordia.study.PatientDemographics;
import io.precordia.study.PatientId;
import java.time.Instant;
import java.util.List;

/**
 * The surviving patient of a merge, whom objects that name a merged one belong to now.
 *
 * @param formerIds the other identifiers that objects of the patient carry
 * @param since when the last merge was
 */
public record MergedPatient(PatientDemographics patient, List<PatientId> formerIds, Instant since) {
  public MergedPatient {
    formerIds = List.copyOf(formerIds);
  }
}
