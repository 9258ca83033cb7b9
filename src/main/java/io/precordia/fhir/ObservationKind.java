package io.precordia.fhir;

import io.precordia.store.InstanceRecord;
import io.precordia.store.StudyRecord;
import io.precordia.terminology.FindingCodes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** The model's findings, one Observation for each finding of each image or recording. */
@Singleton
public class ObservationKind implements ResourceKind {
  private static final int ID_DIGITS = 32;
  private final Kept kept;
  private final Findings findings;
  private final FindingsReport reports;

  ObservationKind(Kept kept, Findings findings) {
    this.kept = kept;
    this.findings = findings;
    this.reports = new FindingsReport(FindingCodes.load(), new ImageReferences(kept));
  }

  @Override
  public String type() {
    return "Observation";
  }

  @Override
  public Optional<Resource> read(String id) {
    return id.length() <= ID_DIGITS
        ? Optional.empty()
        : kept.instance(id.substring(0, ID_DIGITS)).map(this::at).orElse(List.of()).stream()
            .filter(o -> o.getIdElement().getIdPart().equals(id))
            .findFirst();
  }

  @Override
  public List<Resource> at(InstanceRecord instance) {
    StudyRecord study = new StudyRecord(instance.study(), instance.subject(), List.of(instance));
    return List.copyOf(reports.observations(study, findings.of(study)));
  }

  @Override
  public Map<String, Function<Resource, List<Reference>>> includes() {
    return Map.of(
        "subject", r -> List.of(((Observation) r).getSubject()),
        "patient", r -> List.of(((Observation) r).getSubject()),
        "derived-from", r -> ((Observation) r).getDerivedFrom(),
        "device", r -> List.of(((Observation) r).getDevice()));
  }

  @Override
  public void prepare() {
    findings.prepare();
  }

  @Override
  public List<SearchParam> parameters() {
    return List.of(
        Match.token(
            "code",
            "The finding, by its SNOMED CT or local code",
            Observation.class,
            o -> o.getCode().getCoding()),
        Match.token(
            "category",
            "imaging or procedure",
            Observation.class,
            o -> o.getCategory().stream().flatMap(c -> c.getCoding().stream()).toList()),
        Match.token(
            "status",
            "preliminary",
            Observation.class,
            o -> List.of(new Coding(o.getStatus().getSystem(), o.getStatus().toCode(), null))),
        Match.token(
            "value-concept",
            "The decision, by its SNOMED CT code",
            Observation.class,
            o -> o.hasValueCodeableConcept() ? o.getValueCodeableConcept().getCoding() : List.of()),
        Match.date(
            "date",
            "Date of the image or recording",
            Observation.class,
            o ->
                o.hasEffectiveDateTimeType()
                    ? List.of(
                        DateRange.parse(
                            Objects.requireNonNull(
                                o.getEffectiveDateTimeType().getValueAsString())))
                    : List.of()),
        Match.reference(
            "derived-from", "The ImagingStudy", Observation.class, Observation::getDerivedFrom),
        Match.reference("device", "The model", Observation.class, o -> List.of(o.getDevice())));
  }
}
