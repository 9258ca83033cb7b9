package io.precordia.train.sim.text;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/**
 * An HL7 v2.5 ORU^R01 message with a report as OBX lines.
 *
 * @param controlId MSH-10
 * @param patientId PID-3
 * @param authority assigning authority of the patient id
 * @param patientName PID-5, HL7 XPN (family^given)
 * @param birthDate PID-7, yyyyMMdd
 * @param sex PID-8
 * @param accession OBR-3
 * @param studyUid OBX-5 of the Study Instance UID
 * @param time of observation and message
 */
public record OruMessage(
    String controlId,
    String patientId,
    String authority,
    String patientName,
    String birthDate,
    String sex,
    String accession,
    String studyUid,
    LocalDateTime time) {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  /** The message text; segments end with a carriage return as HL7 asks. Character set UTF-8. */
  public String render(ReportText text) {
    String at = STAMP.format(time);
    StringBuilder out = new StringBuilder();
    out.append("MSH|^~\\&|SIMULATOR|PRECORDIA|RECEIVER|HOSPITAL|")
        .append(at)
        .append("||ORU^R01^ORU_R01|")
        .append(controlId)
        .append("|P|2.5||||||UNICODE UTF-8\r");
    out.append("PID|1||")
        .append(escape(patientId))
        .append("^^^")
        .append(escape(authority))
        .append("||")
        .append(patientName)
        .append("||")
        .append(birthDate)
        .append('|')
        .append(sex)
        .append('\r');
    out.append("OBR|1||")
        .append(escape(accession))
        .append("|18748-4^Diagnostic imaging report^LN|||")
        .append(at)
        .append("|||||||||||||||")
        .append(at)
        .append("||RAD|F\r");
    out.append("OBX|1|ST|113014^DICOM Study Instance UID^DCM||")
        .append(escape(studyUid))
        .append("||||||F\r");
    int set = 2;
    set = section(out, set, "59776-5^Findings^LN", "FINDINGS:\n" + text.findings());
    section(out, set, "19005-8^Impression^LN", "IMPRESSION:\n" + text.impression());
    return out.toString();
  }

  private static int section(StringBuilder out, int first, String code, String text) {
    int set = first;
    for (String line : text.split("\n")) {
      out.append("OBX|")
          .append(set)
          .append("|TX|")
          .append(code)
          .append('|')
          .append(set)
          .append('|')
          .append(escape(line))
          .append("||||||F\r");
      set++;
    }
    return set;
  }

  /** HL7 v2 escape sequences (chapter 2, section 2.7.1). */
  private static String escape(String s) {
    StringBuilder out = new StringBuilder(s.length());
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      switch (c) {
        case '|' -> out.append("\\F\\");
        case '^' -> out.append("\\S\\");
        case '&' -> out.append("\\T\\");
        case '~' -> out.append("\\R\\");
        case '\\' -> out.append("\\E\\");
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}
