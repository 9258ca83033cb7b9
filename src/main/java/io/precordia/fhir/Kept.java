package io.precordia.fhir;

import io.precordia.api.Engine;
import io.precordia.api.EngineHolder;
import io.precordia.api.PrecordiaConfig;
import io.precordia.dicom.DicomHeader;
import io.precordia.store.InstanceRecord;
import io.precordia.store.OpaqueIds;
import io.precordia.store.StudyRecord;
import io.precordia.study.Modality;
import io.precordia.workspace.Records;
import io.precordia.workspace.catalogue.CatalogueEntry;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Reference;

/** What is kept, as the resource kinds ask for it. */
@Singleton
public class Kept {
  private final EngineHolder holder;
  private final long maxScan;

  Kept(EngineHolder holder, PrecordiaConfig config) {
    this.holder = holder;
    this.maxScan = config.fhir().maxScan();
  }

  /** Most instances that a search looks through one by one. */
  long maxScan() {
    return maxScan;
  }

  Engine engine() {
    return holder.engine();
  }

  Records records() {
    return engine().workspace().records();
  }

  Optional<InstanceRecord> instance(String id) {
    return OpaqueIds.isId(id) ? records().find(id) : Optional.empty();
  }

  Optional<StudyRecord> study(String id) {
    return OpaqueIds.isId(id) ? records().findStudy(id) : Optional.empty();
  }

  /** The id of the Patient that an identifier stands for, merged ones followed. */
  String subjectOf(String identifier) {
    return records().surviving(records().subjectOf(identifier));
  }

  List<InstanceRecord> ofSubject(String id) {
    return OpaqueIds.isId(id) ? records().ofSubject(id) : List.of();
  }

  /** The header of an instance that is a DICOM object. */
  Optional<DicomHeader> header(InstanceRecord instance) {
    return instance.format().equals("dicom")
        ? engine().workspace().catalogue().ofInstance(instance.id()).map(CatalogueEntry::header)
        : Optional.empty();
  }

  /** Whether an instance is an image or a recording rather than a text. */
  static boolean isEvidence(InstanceRecord instance) {
    return instance.modality() == Modality.XRAY
        || instance.modality() == Modality.ECG
        || (instance.modality() == null && instance.format().equals("dicom"));
  }

  /** When the newest of the instances was stored. */
  static Date updated(List<InstanceRecord> instances) {
    return Date.from(
        instances.stream()
            .map(InstanceRecord::received)
            .max(Instant::compareTo)
            .orElse(Instant.EPOCH));
  }

  static Reference patient(String subject) {
    return new Reference("Patient/" + subject);
  }

  static Reference study(StudyRecord study) {
    return new Reference("ImagingStudy/" + study.id());
  }
}
