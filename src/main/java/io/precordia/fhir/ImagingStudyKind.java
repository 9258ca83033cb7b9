package io.precordia.fhir;

import io.precordia.dicom.DicomHeader;
import io.precordia.store.InstanceRecord;
import io.precordia.store.StudyRecord;
import io.precordia.study.Identity;
import io.precordia.study.Modality;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.ImagingStudy.ImagingStudySeriesComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Studies that hold at least one image or recording. Series and instances are told of DICOM
 * objects; a study of other files has neither.
 */
@Singleton
public class ImagingStudyKind implements ResourceKind {
  private static final int ACCESSION = 0x00080050;
  private static final int MODALITY = 0x00080060;
  private static final int STUDY_DESCRIPTION = 0x00081030;
  private static final int SERIES_DESCRIPTION = 0x0008103E;
  private static final int SERIES_NUMBER = 0x00200011;
  private static final int INSTANCE_NUMBER = 0x00200013;
  private final Kept kept;

  ImagingStudyKind(Kept kept) {
    this.kept = kept;
  }

  @Override
  public String type() {
    return "ImagingStudy";
  }

  @Override
  public Optional<Resource> read(String id) {
    return kept.study(id).filter(ImagingStudyKind::hasEvidence).map(this::study);
  }

  @Override
  public List<Resource> at(InstanceRecord instance) {
    return kept.study(instance.study())
        .filter(study -> study.instances().getFirst().id().equals(instance.id()))
        .filter(ImagingStudyKind::hasEvidence)
        .map(study -> List.<Resource>of(study(study)))
        .orElse(List.of());
  }

  @Override
  public boolean indexesIdentifier(String identifier) {
    return !Match.value(identifier).isEmpty();
  }

  @Override
  public List<InstanceRecord> identified(String identifier) {
    return kept.records().studiesIdentified(Match.value(identifier)).stream()
        .map(InstanceRecord::study)
        .distinct()
        .map(kept::study)
        .flatMap(Optional::stream)
        .map(study -> study.instances().getFirst())
        .toList();
  }

  @Override
  public Map<String, Function<Resource, List<Reference>>> includes() {
    return Map.of(
        "subject", r -> List.of(((ImagingStudy) r).getSubject()),
        "patient", r -> List.of(((ImagingStudy) r).getSubject()));
  }

  static boolean hasEvidence(StudyRecord study) {
    return study.instances().stream().anyMatch(Kept::isEvidence);
  }

  /** The date of the first instance that has one. */
  static Optional<LocalDate> date(StudyRecord study) {
    return study.instances().stream()
        .map(i -> i.identity().date())
        .filter(Objects::nonNull)
        .findFirst();
  }

  private ImagingStudy study(StudyRecord record) {
    ImagingStudy study = new ImagingStudy();
    study.setId(record.id());
    study.getMeta().setLastUpdated(Kept.updated(record.instances()));
    study.setStatus(ImagingStudy.ImagingStudyStatus.AVAILABLE);
    study.setSubject(Kept.patient(record.subject()));
    date(record).ifPresent(d -> study.setStartedElement(new DateTimeType(d.toString())));
    Set<String> modalities = new LinkedHashSet<>();
    Map<String, ImagingStudySeriesComponent> series = new LinkedHashMap<>();
    List<InstanceRecord> evidence = record.instances().stream().filter(Kept::isEvidence).toList();
    for (InstanceRecord instance : evidence) {
      Optional<DicomHeader> header = kept.header(instance);
      header.ifPresent(h -> describe(study, h));
      String modality = header.map(h -> h.text(MODALITY)).orElse("");
      modality = modality.matches("[A-Z]{2,16}") ? modality : byContent(instance.modality());
      modalities.add(modality);
      if (header.isPresent() && isUid(header.get().series()) && isUid(header.get().sopInstance())) {
        add(series, header.get(), modality);
      }
    }
    identify(study, record);
    modalities.forEach(m -> study.addModality(new Coding(Systems.DICOM, m, null)));
    series.values().forEach(s -> study.addSeries(s.setNumberOfInstances(s.getInstance().size())));
    if (!series.isEmpty()) {
      study.setNumberOfSeries(series.size());
    }
    study.setNumberOfInstances(evidence.size());
    return study;
  }

  private static void describe(ImagingStudy study, DicomHeader header) {
    String accession = header.text(ACCESSION);
    if (!accession.isEmpty()
        && study.getIdentifier().stream().noneMatch(i -> accession.equals(i.getValue()))) {
      Identifier identifier = study.addIdentifier().setValue(accession);
      identifier.setType(
          Systems.concept("http://terminology.hl7.org/CodeSystem/v2-0203", "ACSN", "Accession ID"));
    }
    if (!study.hasDescription() && !header.text(STUDY_DESCRIPTION).isEmpty()) {
      study.setDescription(header.text(STUDY_DESCRIPTION));
    }
  }

  private static void identify(ImagingStudy study, StudyRecord record) {
    Set<String> named = new LinkedHashSet<>();
    for (InstanceRecord instance : record.instances()) {
      Identity identity = instance.identity();
      if (identity.study() != null) {
        named.add(identity.study());
      }
    }
    for (String name : named) {
      if (isUid(name)) {
        study.getIdentifier().add(0, uid(name));
      } else if (study.getIdentifier().stream().noneMatch(i -> name.equals(i.getValue()))) {
        study.addIdentifier().setValue(name);
      }
    }
  }

  static Identifier uid(String uid) {
    return new Identifier().setSystem(Systems.DICOM_UID).setValue(Systems.OID + uid);
  }

  private static void add(
      Map<String, ImagingStudySeriesComponent> all, DicomHeader header, String modality) {
    ImagingStudySeriesComponent series =
        all.computeIfAbsent(
            header.series(),
            uid -> {
              ImagingStudySeriesComponent made = new ImagingStudySeriesComponent();
              made.setUid(uid).setModality(new Coding(Systems.DICOM, modality, null));
              int number = header.number(SERIES_NUMBER, -1);
              if (number >= 0) {
                made.setNumber(number);
              }
              String description = header.text(SERIES_DESCRIPTION);
              return description.isEmpty() ? made : made.setDescription(description);
            });
    ImagingStudy.ImagingStudySeriesInstanceComponent instance = series.addInstance();
    instance.setUid(header.sopInstance());
    instance.setSopClass(new Coding("urn:ietf:rfc:3986", Systems.OID + header.sopClass(), null));
    int number = header.number(INSTANCE_NUMBER, -1);
    if (number >= 0) {
      instance.setNumber(number);
    }
  }

  /** A radiograph that is no DICOM object counts as RG, conventional film. */
  private static String byContent(@Nullable Modality modality) {
    return modality == Modality.ECG ? "ECG" : modality == Modality.XRAY ? "RG" : "OT";
  }

  /** Whether the text has the form of a UID (PS3.5 section 9.1). */
  static boolean isUid(String text) {
    return text.length() <= 64 && text.matches("[0-2](\\.(0|[1-9][0-9]*))+");
  }

  @Override
  public List<SearchParam> parameters() {
    return List.of(
        Match.identifier(
            "Study Instance UID (system urn:dicom:uid, with or without urn:oid:) or accession number",
            ImagingStudy.class,
            ImagingStudy::getIdentifier),
        Match.token(
            "status",
            "available",
            ImagingStudy.class,
            s -> List.of(new Coding(s.getStatus().getSystem(), s.getStatus().toCode(), null))),
        Match.token(
            "modality", "DICOM modality code", ImagingStudy.class, ImagingStudy::getModality),
        Match.date(
            "started",
            "Study date",
            ImagingStudy.class,
            s ->
                s.hasStarted()
                    ? List.of(DateRange.parse(s.getStartedElement().getValueAsString()))
                    : List.of()),
        Match.token(
            "series",
            "Series Instance UID",
            ImagingStudy.class,
            s -> codings(s.getSeries().stream().map(ImagingStudySeriesComponent::getUid).toList())),
        Match.token(
            "instance",
            "SOP Instance UID",
            ImagingStudy.class,
            s ->
                codings(
                    s.getSeries().stream()
                        .flatMap(x -> x.getInstance().stream())
                        .map(ImagingStudy.ImagingStudySeriesInstanceComponent::getUid)
                        .toList())));
  }

  private static List<Coding> codings(List<String> uids) {
    List<Coding> codings = new ArrayList<>();
    uids.forEach(uid -> codings.add(new Coding(null, uid, null)));
    return codings;
  }
}
