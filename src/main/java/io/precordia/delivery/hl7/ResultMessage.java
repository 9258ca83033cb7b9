package io.precordia.delivery.hl7;

import io.precordia.report.Hl7Delimiters;
import io.precordia.study.ModelRef;
import io.precordia.study.PatientId;
import io.precordia.terminology.Code;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A result as ORU^R01 of HL7 v2.5.1: the study's identity, then for each finding two OBX segments
 * of one sub-id, the finding (CWE) and its probability (NM, in %), then the model with its digest
 * and a note. Result status P: no physician has looked at it. The same result gives the same bytes.
 *
 * @param controlId MSH-10, at most 50 characters; the same for the same result
 * @param sender MSH-3, MSH-4
 * @param receiver MSH-5, MSH-6
 * @param studyUid Study Instance UID, empty if unknown
 * @param placer placer order number (OBR-2), empty if unknown
 * @param filler filler order number (OBR-3), empty if unknown
 * @param accession accession number (OBR-18), empty if unknown
 * @param service the examined kind, for OBR-4
 */
public record ResultMessage(
    String controlId,
    Party sender,
    Party receiver,
    PatientId patient,
    String studyUid,
    String placer,
    String filler,
    String accession,
    Code service,
    Instant made,
    ModelRef model,
    List<ResultFinding> findings) {
  private static final Hl7Delimiters D = Hl7Delimiters.usual();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'+0000'").withZone(ZoneOffset.UTC);
  private static final String NOTE =
      "Not for clinical use. Computed by software without review by a physician.";

  /** An application at a facility. */
  public record Party(String application, String facility) {}

  public ResultMessage {
    findings = List.copyOf(findings);
    if (controlId.isEmpty() || controlId.length() > 50) {
      throw new IllegalArgumentException("a control id has 1 to 50 characters");
    }
  }

  /** The message without MLLP framing, in UTF-8. */
  public byte[] bytes() {
    StringBuilder out = new StringBuilder();
    segment(
        out,
        "MSH|^~\\&",
        text(sender.application()),
        text(sender.facility()),
        text(receiver.application()),
        text(receiver.facility()),
        TIME.format(made),
        "",
        "ORU^R01^ORU_R01",
        text(controlId),
        "P",
        "2.5.1",
        "",
        "",
        "",
        "",
        "",
        "UNICODE UTF-8");
    segment(out, "PID", "1", "", cx(), "", "");
    segment(
        out,
        "OBR",
        "1",
        text(placer),
        text(filler.isEmpty() ? (accession.isEmpty() ? controlId : accession) : filler),
        cwe(service),
        "",
        "",
        TIME.format(made),
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        text(accession),
        "",
        "",
        "",
        TIME.format(made),
        "",
        "",
        "P");
    int set = 0;
    if (!studyUid.isEmpty()) {
      obx(out, ++set, "ST", "113014^DICOM Study^DCM", "", text(studyUid), "");
    }
    int sub = 0;
    for (ResultFinding finding : findings) {
      String id = String.valueOf(++sub);
      obx(out, ++set, "CWE", "121071^Finding^DCM", id, cwe(finding.code()), flag(finding));
      obx(
          out,
          ++set,
          "NM",
          "111012^Certainty of Finding^DCM",
          id,
          String.format(Locale.ROOT, "%.1f", 100 * finding.probability()),
          "");
    }
    obx(out, ++set, "ST", "111001^Algorithm Name^DCM", "", text(model.id()), "");
    obx(out, ++set, "ST", "111003^Algorithm Version^DCM", "", text(model.version()), "");
    obx(
        out,
        ++set,
        "ST",
        "model-sha256^SHA-256 of the model^99PRECORDIA",
        "",
        text(model.sha256()),
        "");
    segment(out, "NTE", "1", "O", NOTE);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Abnormal flag of table 0078; none where the weights abstain. */
  private static String flag(ResultFinding finding) {
    return finding.present() == null ? "" : finding.present() ? "A" : "N";
  }

  private void obx(
      StringBuilder out,
      int set,
      String type,
      String what,
      String sub,
      String value,
      @Nullable String abnormal) {
    segment(
        out,
        "OBX",
        String.valueOf(set),
        type,
        what,
        sub,
        value,
        type.equals("NM") ? "%^percent^UCUM" : "",
        "",
        abnormal == null ? "" : abnormal,
        "",
        "",
        "P",
        "",
        "",
        TIME.format(made));
  }

  private static void segment(StringBuilder out, String... fields) {
    out.append(String.join("|", fields).replaceFirst("\\|+$", "")).append('\r');
  }

  private String cx() {
    String authority =
        patient.universal().isEmpty()
            ? text(patient.namespace())
            : text(patient.namespace())
                + "&"
                + text(patient.universal())
                + "&"
                + text(patient.universalType());
    return text(patient.id()) + "^^^" + authority + "^MR";
  }

  private static String cwe(Code code) {
    return text(code.value()) + "^" + text(code.meaning()) + "^" + text(code.scheme());
  }

  private static String text(String value) {
    return D.escape(value);
  }
}
