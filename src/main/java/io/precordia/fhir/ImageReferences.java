package io.precordia.fhir;

import io.precordia.dicom.DicomHeader;
import io.precordia.store.InstanceRecord;
import io.precordia.store.StudyRecord;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;

/**
 * Names the very object that an observation was made on: R4 has no ImagingSelection, so a contained
 * ImagingStudy holds that one series and instance, as IMR does.
 */
final class ImageReferences {
  private static final String CONTAINED = "evidence";
  private static final int MODALITY = 0x00080060;
  private final Kept kept;

  ImageReferences(Kept kept) {
    this.kept = kept;
  }

  void attach(Observation observation, StudyRecord study, InstanceRecord instance) {
    Optional<DicomHeader> header =
        kept.header(instance)
            .filter(h -> ImagingStudyKind.isUid(h.study()))
            .filter(h -> ImagingStudyKind.isUid(h.series()))
            .filter(h -> ImagingStudyKind.isUid(h.sopInstance()));
    if (header.isPresent()) {
      DicomHeader h = header.get();
      ImagingStudy selection = new ImagingStudy();
      selection.setId(CONTAINED);
      selection.addIdentifier(ImagingStudyKind.uid(h.study()));
      selection.setStatus(ImagingStudy.ImagingStudyStatus.AVAILABLE);
      selection.setSubject(Kept.patient(study.subject()));
      ImagingStudy.ImagingStudySeriesComponent series = selection.addSeries().setUid(h.series());
      series.setModality(
          new Coding(Systems.DICOM, h.text(MODALITY).isEmpty() ? "OT" : h.text(MODALITY), null));
      series
          .addInstance()
          .setUid(h.sopInstance())
          .setSopClass(new Coding("urn:ietf:rfc:3986", Systems.OID + h.sopClass(), null));
      observation.addContained(selection);
      observation.addDerivedFrom(new Reference("#" + CONTAINED));
    }
  }
}
