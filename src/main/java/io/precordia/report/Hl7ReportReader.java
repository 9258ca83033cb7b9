package io.precordia.report;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Report;
import java.util.Locale;

/**
 * Narrative of an ORU^R01 message: its OBX segments of type TX, FT and ST, under the headings that
 * OBX-3 implies.
 */
final class Hl7ReportReader {
  private static final int SHORTEST_PHRASE = 3;

  private Hl7ReportReader() {}

  static Report read(Hl7Message message) {
    StringBuilder text = new StringBuilder();
    StringBuilder notes = new StringBuilder();
    String heading = "";
    boolean phrase = false;
    for (Hl7Segment s : message.segments()) {
      if (s.name().equals("NTE")) {
        line(notes, s.delimiters().unescape(String.join("\n", s.repetitions(3))));
      }
      if (!s.name().equals("OBX") || s.field(11).matches("[DWX]")) {
        continue; // result deleted, wrong or unobtainable
      }
      String type = s.field(2).strip().toUpperCase(Locale.ROOT);
      if (type.equals("TX") || type.equals("FT") || type.equals("ST")) {
        String next = heading(s);
        if (!next.isEmpty() && !next.equals(heading)) {
          line(text, next + ":");
        }
        heading = next.isEmpty() ? heading : next;
        String value = s.delimiters().unescape(String.join("\n", s.repetitions(5)));
        value = value.strip().equals("\"\"") ? "" : value;
        // a lone ST such as "negative" is a laboratory value, not a narrative
        phrase |=
            !value.isBlank()
                && (!type.equals("ST")
                    || value.strip().split("\\s+", SHORTEST_PHRASE).length == SHORTEST_PHRASE);
        line(text, value);
      }
    }
    String narrative = phrase ? text.toString() : notes.toString();
    if (narrative.isBlank()) {
      throw new PrecordiaException(
          ErrorCode.NO_TEXT, "the ORU message holds no narrative (OBX of type TX, FT or ST)");
    }
    return ReportSections.split(narrative);
  }

  /**
   * FINDINGS or IMPRESSION where OBX-3 says so: suffix GDT or IMP (HL7 v2.5 7.4.2.3), LOINC 59776-5
   * or 19005-8, or the name.
   */
  private static String heading(Hl7Segment obx) {
    String id = obx.field(3).toUpperCase(Locale.ROOT);
    String value = obx.field(5).stripLeading().toUpperCase(Locale.ROOT);
    if (value.startsWith("FINDING")
        || value.startsWith("IMPRESSION")
        || value.startsWith("CONCLUSION")) {
      return ""; // the text brings its own heading
    }
    if (id.contains("IMP")
            && (id.contains("&IMP") || id.startsWith("IMP") || id.contains("IMPRESSION"))
        || id.contains("19005-8")) {
      return "IMPRESSION";
    }
    return id.contains("&GDT")
            || id.startsWith("GDT")
            || id.contains("FINDING")
            || id.contains("59776-5")
        ? "FINDINGS"
        : "";
  }

  private static void line(StringBuilder out, String text) {
    out.append(out.isEmpty() ? "" : "\n").append(text);
  }
}
