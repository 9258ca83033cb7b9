package io.precordia.fhir;

import io.precordia.api.CalibratedFinding;
import io.precordia.store.InstanceRecord;
import io.precordia.study.Modality;
import io.precordia.terminology.FindingCodes;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.Date;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** One finding of one image or recording as an Observation (the IMR pattern, IHE RAD TF-1 52). */
final class FindingObservation {
  private static final int LONGEST_ID = 64;
  private final FindingCodes codes;

  FindingObservation(FindingCodes codes) {
    this.codes = codes;
  }

  /** The instance's id and as much of the fact as an id may hold. */
  static String id(InstanceRecord instance, CalibratedFinding finding) {
    String id = instance.id() + "-" + finding.fact();
    return id.substring(0, Math.min(LONGEST_ID, id.length()));
  }

  /**
   * @param evidence reference to the instance within its study
   */
  Observation of(Findings.OfInstance source, CalibratedFinding finding, Reference evidence) {
    InstanceRecord instance = source.instance();
    Observation o = new Observation();
    o.setId(id(instance, finding));
    o.getMeta().setLastUpdated(Date.from(instance.received()));
    o.setStatus(Observation.ObservationStatus.PRELIMINARY);
    o.addCategory(
        instance.modality() == Modality.ECG
            ? Systems.concept(Systems.CATEGORY, "procedure", "Procedure")
            : Systems.concept(Systems.CATEGORY, "imaging", "Imaging"));
    o.addCategory(Systems.concept(Systems.LOINC, "59776-5", "Procedure findings"));
    o.setCode(Systems.concept(codes.of(finding.fact())));
    o.setSubject(Kept.patient(instance.subject()));
    LocalDate date = instance.identity().date();
    if (date != null) {
      o.setEffective(new DateTimeType(date.toString()));
    }
    o.setIssued(Date.from(instance.received()));
    CodeableConcept decided = decision(finding.decision());
    if (decided == null) {
      o.setDataAbsentReason(
          Systems.concept(
              "http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown", "Unknown"));
    } else {
      o.setValue(decided);
    }
    o.setMethod(
        new CodeableConcept()
            .setText("Zero-shot classification, probability calibrated by Platt scaling"));
    o.setDevice(DeviceKind.reference(source.model()));
    o.addDerivedFrom(evidence);
    component(o, "presence", "Probability that the finding is present", finding.presence());
    if (finding.coverage() != null) {
      component(
          o,
          "coverage",
          "Share of the validation patients that a decision was made for",
          finding.coverage());
    }
    o.addNote().setText(FindingsReport.NOT_FOR_CLINICAL_USE);
    return o;
  }

  private static void component(Observation o, String code, String display, double share) {
    Observation.ObservationComponentComponent component = o.addComponent();
    component.setCode(Systems.concept(Systems.PROPERTY, code, display));
    component.setValue(
        new Quantity()
            .setValue(BigDecimal.valueOf(share).round(new MathContext(4)))
            .setSystem(Systems.UCUM)
            .setCode("1"));
  }

  private static @Nullable CodeableConcept decision(@Nullable String decision) {
    return switch (decision) {
      case "present" -> Systems.concept(Systems.SNOMED, "52101004", "Present");
      case "absent" -> Systems.concept(Systems.SNOMED, "2667000", "Absent");
      case "abstain" -> Systems.concept(Systems.SNOMED, "82334004", "Indeterminate");
      case null, default -> null;
    };
  }
}
