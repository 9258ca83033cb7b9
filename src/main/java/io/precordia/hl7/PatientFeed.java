package io.precordia.hl7;

import io.precordia.error.ErrorCode;
import io.precordia.report.Hl7Message;
import io.precordia.report.Hl7Segment;
import io.precordia.report.PatientFacts;
import io.precordia.study.PatientDemographics;
import io.precordia.study.PatientId;
import io.precordia.workspace.Workspace;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an ADT feed says of patients: merges and changed identifiers, corrected demographics. */
final class PatientFeed {
  private static final String SOURCE = "hl7";
  private final Workspace workspace;
  private final SenderIdentity sender;

  PatientFeed(Workspace workspace, SenderIdentity sender) {
    this.workspace = workspace;
    this.sender = sender;
  }

  /** Subject ids of a merge. */
  private record Merge(String merged, String surviving, PatientDemographics patient) {}

  /**
   * A40 and its like: every MRG segment belongs to the PID before it (HL7 v2.5.1 3.3.40). An
   * identifier of MRG-1 is merged into that of PID-3 of the same authority, or else into the first
   * one.
   */
  void merge(Hl7Message message) {
    List<Merge> merges = new ArrayList<>();
    Hl7Segment pid = message.first("PID");
    for (Hl7Segment segment : message.segments()) {
      if (segment.name().equals("PID")) {
        pid = segment;
      } else if (segment.name().equals("MRG")) {
        merges.addAll(merges(message, pid, segment));
      }
    }
    if (merges.isEmpty()) {
      var unused = sender.patient(message, pid);
      throw Refusal.error(
              Condition.SEGMENT_SEQUENCE,
              ErrorCode.MALFORMED,
              "MRG^1",
              "the message has no MRG segment")
          .thrown();
    }
    for (Merge merge : merges) {
      if (!merge.merged().equals(merge.surviving())) {
        workspace.merge(merge.merged(), merge.surviving(), merge.patient(), SOURCE);
      }
    }
  }

  private List<Merge> merges(Hl7Message message, Hl7Segment pid, Hl7Segment mrg) {
    List<PatientId> surviving = sender.patient(message, pid);
    List<PatientId> prior = sender.numbers(message, mrg, 1);
    if (prior.isEmpty()) {
      throw Refusal.error(
              Condition.FIELD_MISSING,
              ErrorCode.BAD_IDENTITY,
              "MRG^1^1",
              "MRG-1 (prior patient identifier list) is missing")
          .thrown();
    }
    List<Merge> out = new ArrayList<>();
    for (PatientId old : prior) {
      String issuer = sender.issuers().issuer(old);
      PatientId into =
          surviving.stream()
              .filter(id -> sender.issuers().issuer(id).equals(issuer))
              .findFirst()
              .orElse(surviving.getFirst());
      out.add(new Merge(subject(old), subject(into), demographics(into, pid)));
    }
    return out;
  }

  /** PID-5, PID-7 and PID-8 in the encoding of DICOM. */
  private static PatientDemographics demographics(PatientId id, Hl7Segment pid) {
    // XPN: family, given, further names, suffix, prefix; PN has the prefix before the suffix
    String family = pid.component(5, 1);
    String name =
        Stream.of(
                family,
                pid.component(5, 2),
                pid.component(5, 3),
                pid.component(5, 5),
                pid.component(5, 4))
            .map(part -> part.replaceAll("[\\p{Cntrl}^=\\\\]", " ").strip())
            .collect(Collectors.joining("^"))
            .replaceFirst("\\^+$", "");
    @Nullable LocalDate born = PatientFacts.date(pid.component(7, 1));
    @Nullable String sex = PatientFacts.sex(pid.component(8, 1));
    return new PatientDemographics(
        id,
        name.codePointCount(0, name.length()) > 64 ? "" : name,
        born == null ? "" : born.format(DateTimeFormatter.BASIC_ISO_DATE),
        sex == null ? "" : sex);
  }

  /**
   * A08 and its like: sex (PID-8) and birth date (PID-7) of a patient of whom something is kept.
   */
  void update(Hl7Message message) {
    Hl7Segment pid = message.first("PID");
    List<PatientId> ids = sender.patient(message, pid);
    @Nullable String sex = PatientFacts.sex(pid.component(8, 1));
    @Nullable LocalDate born = PatientFacts.date(pid.component(7, 1));
    if (sex != null || born != null) {
      for (PatientId id : ids) {
        workspace.correct(workspace.records().surviving(subject(id)), sex, born);
      }
    }
  }

  private String subject(PatientId id) {
    return workspace.records().subjectOf(id.text());
  }
}
