package io.precordia.fhir;

import io.precordia.dicom.DicomHeader;
import io.precordia.store.InstanceRecord;
import io.precordia.study.Identity;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** Patients, as far as what was received tells of them. */
@Singleton
public class PatientKind implements ResourceKind {
  private static final int NAME = 0x00100010;
  private static final int BIRTH_DATE = 0x00100030;
  private final Kept kept;

  PatientKind(Kept kept) {
    this.kept = kept;
  }

  @Override
  public String type() {
    return "Patient";
  }

  @Override
  public Optional<Resource> read(String id) {
    List<InstanceRecord> instances = kept.ofSubject(id);
    if (instances.isEmpty()) {
      return Optional.empty();
    }
    String surviving = kept.records().surviving(id);
    return Optional.of(
        surviving.equals(id) ? patient(id, instances) : merged(id, surviving, instances));
  }

  /** A patient that was merged into another: only the link to it is left (FHIR R4 8.1.4). */
  private static Patient merged(String id, String surviving, List<InstanceRecord> instances) {
    Patient patient = new Patient();
    patient.setId(id);
    patient.getMeta().setLastUpdated(Kept.updated(instances));
    patient.setActive(false);
    patient.addLink().setOther(Kept.patient(surviving)).setType(Patient.LinkType.REPLACEDBY);
    return patient;
  }

  @Override
  public List<Resource> at(InstanceRecord instance) {
    List<InstanceRecord> all = kept.ofSubject(instance.subject());
    return !all.isEmpty() && all.getFirst().id().equals(instance.id())
        ? List.of(patient(instance.subject(), all))
        : List.of();
  }

  /** With its system: an identifier is hashed with its issuer. */
  @Override
  public boolean indexesIdentifier(String identifier) {
    int bar = identifier.indexOf('|');
    return bar > 0 && bar < identifier.length() - 1;
  }

  @Override
  public List<InstanceRecord> identified(String identifier) {
    int bar = identifier.indexOf('|');
    String subject =
        kept.subjectOf(
            PatientIdentifiers.kept(identifier.substring(0, bar), identifier.substring(bar + 1)));
    return kept.ofSubject(subject).stream().limit(1).toList();
  }

  private Patient patient(String id, List<InstanceRecord> instances) {
    Patient patient = new Patient();
    patient.setId(id);
    patient.getMeta().setLastUpdated(Kept.updated(instances));
    Set<String> identifiers = new LinkedHashSet<>();
    for (InstanceRecord instance : instances) {
      Identity identity = instance.identity();
      if (identity.subject() != null) {
        identifiers.add(identity.subject());
      }
      if (!patient.hasGender() && identity.sex() != null) {
        patient.setGender(gender(identity.sex()));
      }
    }
    for (String member : kept.records().members(id)) {
      if (!member.equals(id)) {
        patient.addLink().setOther(Kept.patient(member)).setType(Patient.LinkType.REPLACES);
      }
    }
    identifiers.forEach(i -> patient.addIdentifier(PatientIdentifiers.of(i)));
    instances.stream()
        .map(kept::header)
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(header -> demographics(patient, header));
    return patient;
  }

  private static void demographics(Patient patient, DicomHeader header) {
    // PN components (PS3.5 section 6.2.1.1): family, given, middle, prefix, suffix
    String[] name = header.text(NAME).split("=", 2)[0].split("\\^", -1);
    HumanName human = new HumanName();
    for (int i = 0; i < Math.min(5, name.length); i++) {
      String part = name[i].strip();
      if (!part.isEmpty()) {
        switch (i) {
          case 0 -> human.setFamily(part);
          case 1, 2 -> human.addGiven(part);
          case 3 -> human.addPrefix(part);
          default -> human.addSuffix(part);
        }
      }
    }
    if (!human.isEmpty()) {
      patient.addName(human);
    }
    try {
      LocalDate born = LocalDate.parse(header.text(BIRTH_DATE), DateTimeFormatter.BASIC_ISO_DATE);
      patient.setBirthDateElement(new DateType(born.toString()));
    } catch (DateTimeParseException e) {
      // absent or not a date: nothing to tell
    }
  }

  private static AdministrativeGender gender(String sex) {
    return switch (sex) {
      case "M" -> AdministrativeGender.MALE;
      case "F" -> AdministrativeGender.FEMALE;
      default -> AdministrativeGender.OTHER;
    };
  }

  @Override
  public boolean ofPatient() {
    return false;
  }

  @Override
  public List<SearchParam> parameters() {
    return List.of(
        Match.identifier(
            "Identifier with its system, if it has one", Patient.class, Patient::getIdentifier),
        Match.token(
            "gender",
            "male, female or other",
            Patient.class,
            p ->
                p.hasGender()
                    ? List.of(new Coding(p.getGender().getSystem(), p.getGender().toCode(), null))
                    : List.of()),
        Match.date(
            "birthdate",
            "Date of birth, where a DICOM object tells it",
            Patient.class,
            p ->
                p.hasBirthDate()
                    ? List.of(
                        DateRange.parse(
                            Objects.requireNonNull(p.getBirthDateElement().getValueAsString())))
                    : List.of()));
  }
}
