package io.precordia.report;

import io.precordia.study.Identity;
import io.precordia.study.PatientId;
import io.precordia.study.Revision;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who and what an ORU message is about: PID-3/7/8; the Study Instance UID in ZDS-1 or in an OBX
 * coded 113014 or 110180 of DCM (DICOM PS3.16 Annex D), else order numbers; OBR-7/22, MSH-4.
 */
public final class Hl7Identity {
  private Hl7Identity() {}

  static Identity of(Hl7Message m) {
    Hl7Segment pid = m.first("PID");
    Hl7Segment obr = m.first("OBR");
    LocalDate date =
        firstDate(
            obr.field(7), obr.field(22), m.first("OBX").field(14), m.segments().get(0).field(7));
    String sex = pid.component(8, 1);
    String section = obr.component(24, 1);
    String subject = subject(pid);
    return new Identity(
        subject,
        firstOf(
            m.first("ZDS").component(1, 1),
            studyUid(m),
            obr.component(3, 1),
            obr.component(18, 1),
            m.first("ORC").component(3, 1),
            obr.component(2, 1),
            m.first("TXA").component(15, 1),
            m.first("TXA").component(14, 1),
            m.first("TXA").component(12, 1)),
        m.first("OBR").fields().isEmpty()
            ? null
            : Hl7Revision.report(m, String.valueOf(subject)).orElse(null),
        date,
        PatientFacts.sex(sex),
        PatientFacts.age(PatientFacts.date(pid.component(7, 1)), date),
        firstOf(m.segments().get(0).component(4, 1)),
        tags(m, section));
  }

  private static List<String> tags(Hl7Message m, String section) {
    List<String> tags = new ArrayList<>();
    if (section.matches("[A-Z]{2,3}")) {
      tags.add(section);
    }
    Revision revision = Hl7Revision.of(m);
    if (revision == Revision.PRELIMINARY || revision == Revision.CORRECTED) {
      tags.add(revision.name().toLowerCase(Locale.ROOT));
    }
    return tags;
  }

  private static String studyUid(Hl7Message m) {
    for (Hl7Segment s : m.segments()) {
      if (s.name().equals("OBX")
          && s.component(3, 1).matches("113014|110180")
          && s.component(3, 3).equals("DCM")
          && s.component(5, 1).matches("[0-9.]{1,64}")) {
        return s.component(5, 1);
      }
    }
    return "";
  }

  /**
   * The medical record number (CX.5 = MR or PI) if there is one, else the first identifier, with
   * its assigning authority; else PID-2.
   */
  private static @Nullable String subject(Hl7Segment pid) {
    List<PatientId> ids = identifiers(pid, 3);
    return ids.isEmpty() ? firstOf(pid.component(2, 1)) : ids.getFirst().text();
  }

  /**
   * The patient identifiers of a CX field (HL7 v2.5 2.A.14) with their assigning authorities,
   * medical record numbers (CX-5 = MR or PI) first.
   */
  public static List<PatientId> identifiers(Hl7Segment segment, int field) {
    List<PatientId> numbers = new ArrayList<>();
    List<PatientId> others = new ArrayList<>();
    for (String cx : segment.repetitions(field)) {
      String id = Hl7Segment.component(cx, 1, segment.delimiters());
      if (!id.isEmpty()) {
        String kind = Hl7Segment.component(cx, 5, segment.delimiters());
        List<String> authority =
            Hl7Delimiters.split(
                Hl7Segment.rawComponent(cx, 4, segment.delimiters()),
                segment.delimiters().subcomponent());
        (kind.equals("MR") || kind.equals("PI") ? numbers : others)
            .add(
                new PatientId(
                    id,
                    part(authority, 0, segment),
                    part(authority, 1, segment),
                    part(authority, 2, segment)));
      }
    }
    numbers.addAll(others);
    return numbers;
  }

  /** Medical record numbers of a CX field, or else its first identifier; empty if it has none. */
  public static List<PatientId> medicalRecordNumbers(Hl7Segment segment, int field) {
    List<PatientId> all = identifiers(segment, field);
    int numbers = 0;
    for (String cx : segment.repetitions(field)) {
      String kind = Hl7Segment.component(cx, 5, segment.delimiters());
      boolean number = kind.equals("MR") || kind.equals("PI");
      numbers += number && !Hl7Segment.component(cx, 1, segment.delimiters()).isEmpty() ? 1 : 0;
    }
    return all.subList(0, Math.min(all.size(), Math.max(1, numbers)));
  }

  private static String part(List<String> authority, int i, Hl7Segment segment) {
    String value = i < authority.size() ? authority.get(i).strip() : "";
    return value.equals("\"\"") ? "" : segment.delimiters().unescape(value);
  }

  private static @Nullable LocalDate firstDate(String... values) {
    for (String v : values) {
      LocalDate date = PatientFacts.date(v);
      if (date != null) {
        return date;
      }
    }
    return null;
  }

  private static @Nullable String firstOf(String... values) {
    for (String v : values) {
      if (!v.isBlank()) {
        return v.strip();
      }
    }
    return null;
  }
}
