package io.precordia.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Decoded;
import io.precordia.study.Flag;
import io.precordia.study.Identity;
import io.precordia.study.OrderNumbers;
import io.precordia.study.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reports from files: HL7 v2 ORU^R01, FHIR DiagnosticReport (JSON), CDA (XML), plain text; judged
 * by content. Never throws on hostile input: the verdict is a flag.
 */
public final class ReportFileDecoder {
  private ReportFileDecoder() {}

  /**
   * Whether the content is HL7 v2, JSON, XML, or text with words: a cheap test for routing; the
   * verdict itself is {@link #decode}'s.
   */
  public static boolean looksLike(byte[] bytes) {
    try {
      return TextDecoding.decode(
              bytes.length > 65536 ? java.util.Arrays.copyOf(bytes, 65536) : bytes)
          .codePoints()
          .anyMatch(Character::isLetter);
    } catch (PrecordiaException e) {
      return false;
    }
  }

  /**
   * The verdict on one file. A file with several HL7 messages is flagged here; {@link #decodeAll}
   * reads each.
   *
   * @param name file name; only its extension counts, and only for the wording of a verdict
   */
  public static Decoded decode(String name, byte[] bytes) {
    List<Decoded> all = decodeAll(name, bytes);
    if (all.size() == 1) {
      return all.get(0);
    }
    return flagged(
        "hl7v2",
        Identity.UNKNOWN,
        ErrorCode.UNSUPPORTED_FORMAT,
        "a batch of " + all.size() + " HL7 messages; import them one by one");
  }

  /** One verdict per HL7 message of a batch file; exactly one for any other file. */
  public static List<Decoded> decodeAll(String name, byte[] bytes) {
    String format = "text";
    try {
      boolean hl7 =
          Hl7Message.looksLike(
              new String(
                      bytes,
                      0,
                      Math.min(bytes.length, 64),
                      java.nio.charset.StandardCharsets.ISO_8859_1)
                  .replaceFirst("^\u00ef\u00bb\u00bf", ""));
      format = hl7 ? "hl7v2" : format;
      String text = hl7 ? Hl7Charset.decode(bytes) : TextDecoding.decode(bytes);
      if (hl7 || Hl7Message.looksLike(text)) {
        format = "hl7v2";
        return messages(Hl7Message.parse(text));
      }
      String head = text.substring(0, Math.min(text.length(), 2048)).strip();
      if (head.startsWith("{")) {
        JsonNode json = FhirReportReader.parse(text);
        if (json != null) {
          format = "fhir";
          return List.of(fhir(json));
        }
      }
      if (head.startsWith("<")) {
        format = "cda";
        CdaReportReader.Result cda = CdaReportReader.read(text);
        return List.of(
            new Decoded(
                format, cda.identity(), cda.report(), List.of(), null, null, cda.numbers()));
      }
      return List.of(plain(head, text));
    } catch (PrecordiaException e) {
      return List.of(flagged(format, Identity.UNKNOWN, e.code(), String.valueOf(e.getMessage())));
    }
  }

  private static Decoded plain(String head, String text) {
    String start = head.substring(0, Math.min(head.length(), 16)).toLowerCase(Locale.ROOT);
    if (start.startsWith("{\\rtf") || start.startsWith("%pdf") || start.startsWith("%!ps")) {
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_FORMAT,
          "a formatted document (RTF, PDF, PostScript); send the report as plain text");
    }
    if (start.startsWith("{") || start.startsWith("[")) {
      throw new PrecordiaException(ErrorCode.MALFORMED, "not a valid JSON document");
    }
    long letters = text.codePoints().filter(Character::isLetter).limit(3).count();
    if (letters < 3) {
      throw new PrecordiaException(ErrorCode.NO_TEXT, "the file holds no words");
    }
    return new Decoded("text", Identity.UNKNOWN, ReportSections.split(text), List.of());
  }

  private static List<Decoded> messages(List<Hl7Message> messages) {
    List<Decoded> out = new ArrayList<>();
    for (Hl7Message m : messages) {
      Identity identity = Hl7Identity.of(m);
      String type = m.type();
      if (!type.matches("ORU(\\^R01)?|ORU.*|MDM\\^T(02|04|06|08|10)")) {
        out.add(
            flagged(
                "hl7v2",
                identity,
                ErrorCode.UNSUPPORTED_FORMAT,
                "an HL7 v2 message of type "
                    + type
                    + " holds no report; ORU^R01 and MDM^T02 are read"));
      } else {
        try {
          out.add(
              new Decoded(
                  "hl7v2",
                  identity,
                  Hl7ReportReader.read(m),
                  List.of(),
                  null,
                  Hl7Revision.of(m),
                  Hl7OrderNumbers.of(m)));
        } catch (PrecordiaException e) {
          out.add(
              new Decoded(
                  "hl7v2",
                  identity,
                  null,
                  List.of(new Flag(e.code(), String.valueOf(e.getMessage()))),
                  null,
                  Hl7Revision.of(m),
                  Hl7OrderNumbers.of(m)));
        }
      }
    }
    if (out.isEmpty()) {
      throw new PrecordiaException(ErrorCode.EMPTY, "the HL7 file holds no message");
    }
    return out;
  }

  private static Decoded fhir(JsonNode json) {
    Identity identity =
        json.path("resourceType").asText("").equals("DiagnosticReport")
            ? FhirReportReader.identity(json)
            : Identity.UNKNOWN;
    OrderNumbers numbers = FhirOrderNumbers.of(json);
    Revision revision = FhirReportVersion.of(json.path("status").asText(""));
    List<String> identifiers = FhirReportReader.identifiers(json);
    try {
      return new Decoded(
          "fhir",
          identity,
          FhirReportReader.report(json),
          List.of(),
          null,
          revision,
          numbers,
          identifiers);
    } catch (PrecordiaException e) {
      Flag flag = new Flag(e.code(), String.valueOf(e.getMessage()));
      return new Decoded(
          "fhir", identity, null, List.of(flag), null, revision, numbers, identifiers);
    }
  }

  private static Decoded flagged(String format, Identity identity, ErrorCode code, String message) {
    return new Decoded(format, identity, null, List.of(new Flag(code, message)));
  }
}
