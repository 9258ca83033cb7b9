package io.precordia.ingest;

import io.precordia.ecg.EcgFileDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Tells the kind of a file by its first bytes; the name decides only where content cannot (which
 * text is a report).
 */
public final class FileTypes {
  private static final int HEAD = 4096;

  // Offset, then the signature in Latin-1.
  private record Signature(int offset, String bytes, FileType type) {}

  private static final List<Signature> SIGNATURES =
      List.of(
          new Signature(128, "DICM", FileType.DICOM),
          new Signature(0, "\u0089PNG\r\n\u001a\n", FileType.IMAGE),
          new Signature(0, "\u00ff\u00d8\u00ff", FileType.IMAGE),
          new Signature(0, "\u001f\u008b", FileType.ARCHIVE),
          new Signature(0, "PK\u0003\u0004", FileType.ARCHIVE),
          new Signature(0, "PK\u0005\u0006", FileType.ARCHIVE),
          new Signature(0, "7z\u00bc\u00af\u0027\u001c", FileType.ARCHIVE),
          new Signature(0, "Rar!\u001a\u0007", FileType.ARCHIVE),
          new Signature(0, "BZh", FileType.ARCHIVE),
          new Signature(0, "\u00fd7zXZ\u0000", FileType.ARCHIVE),
          new Signature(0, "\u0028\u00b5\u002f\u00fd", FileType.ARCHIVE),
          new Signature(257, "ustar", FileType.ARCHIVE),
          new Signature(0, "%PDF", FileType.OTHER),
          new Signature(0, "GIF8", FileType.OTHER),
          new Signature(0, "II*\u0000", FileType.OTHER),
          new Signature(0, "MM\u0000*", FileType.OTHER),
          new Signature(0, "\u007fELF", FileType.OTHER),
          new Signature(0, "MZ", FileType.OTHER));

  /** Endings of plain-text reports; a name without an ending may be one too. */
  private static final List<String> REPORT_ENDINGS = List.of(".txt", ".text", ".rpt");

  /** Beginnings of the names of texts that accompany data. */
  private static final List<String> COMPANIONS =
      List.of("readme", "licen", "copying", "notice", "changelog", "changes", "authors", "records");

  private FileTypes() {}

  /** The kind of a submission, by its leading part. */
  public static FileType of(List<Part> parts) {
    Part lead = parts.getFirst();
    byte[] bytes = lead.bytes();
    if (parts.stream().allMatch(p -> p.bytes().length == 0)) {
      return FileType.EMPTY;
    }
    String head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1);
    for (Signature s : SIGNATURES) {
      if (head.startsWith(s.bytes(), s.offset())) {
        return s.type();
      }
    }
    if (isBareDicom(head)) {
      return FileType.DICOM;
    }
    String name = lead.name().toLowerCase(Locale.ROOT);
    if (EcgFileDecoder.sniff(bytes).isPresent()
        || name.endsWith(".hea")
        || name.endsWith(".dat")
        || name.endsWith(".mat")) {
      return FileType.ECG;
    }
    return isText(bytes, head) ? text(head, name) : FileType.UNKNOWN;
  }

  private static FileType text(String head, String name) {
    String start =
        head.replaceFirst("^[\\u0000\\u00ef\\u00bb\\u00bf\\u00fe\\u00ff\\u000b\\s]+", "");
    if (start.startsWith("MSH") || start.startsWith("<") || start.startsWith("{")) {
      return FileType.REPORT; // HL7 v2, CDA, FHIR: the reader tells whether there is a report in it
    }
    if (name.endsWith(".csv")) {
      return FileType.ECG; // its decoder says which column it misses
    }
    String base = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    boolean ending = base.indexOf('.') < 0 || REPORT_ENDINGS.stream().anyMatch(base::endsWith);
    return ending && !start.startsWith("#!") && COMPANIONS.stream().noneMatch(base::startsWith)
        ? FileType.REPORT
        : FileType.OTHER;
  }

  // A data set without the 128-byte preamble (PS3.10 §7.1 wants one, older files lack it): group
  // 0002 or 0008, then a low element number.
  private static boolean isBareDicom(String head) {
    if (head.length() < 8) {
      return false;
    }
    boolean little =
        (head.charAt(0) == 2 || head.charAt(0) == 8) && head.charAt(1) == 0 && head.charAt(3) == 0;
    boolean big =
        head.charAt(0) == 0 && (head.charAt(1) == 2 || head.charAt(1) == 8) && head.charAt(2) == 0;
    return little || big;
  }

  // UTF-16 counts as text by its byte order mark; otherwise text has no NUL and hardly any control
  // characters.
  private static boolean isText(byte[] bytes, String head) {
    if (head.startsWith("\u00ff\u00fe") || head.startsWith("\u00fe\u00ff")) {
      return bytes.length > 2;
    }
    int control = 0;
    for (int i = 0; i < head.length(); i++) {
      char c = head.charAt(i);
      if (c == 0) {
        return false;
      }
      if (c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x0b && c != 0x1b
          && c != 0x1c) {
        control++;
      }
    }
    return control * 50 <= head.length();
  }
}
