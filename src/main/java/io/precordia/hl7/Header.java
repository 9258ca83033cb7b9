package io.precordia.hl7;

import io.precordia.report.Hl7Message;
import io.precordia.report.Hl7Segment;
import java.nio.charset.StandardCharsets;

/**
 * What an acknowledgement needs of a message, read even of one that cannot be read as a whole.
 * Fields are raw: delimited and escaped as they came, bytes of other than ASCII as Latin-1
 * characters, so that they go back as the same bytes.
 *
 * @param msh the header segment
 */
record Header(Hl7Segment msh) {
  private static final int LONGEST_LINE = 4096;

  /**
   * The header of one message or batch; of nothing readable, an empty one with usual delimiters.
   */
  static Header of(byte[] message) {
    String latin =
        new String(message, 0, Math.min(message.length, LONGEST_LINE), StandardCharsets.ISO_8859_1);
    int at = Math.max(0, latin.indexOf("MSH"));
    int end = at;
    while (end < latin.length() && latin.charAt(end) != '\r' && latin.charAt(end) != '\n') {
      end++;
    }
    String line = latin.substring(at, end);
    boolean readable = Hl7Message.looksLike(line) && line.startsWith("MSH") && distinct(line);
    return new Header(
        Hl7Message.parse(readable ? line : "MSH|^~\\&|").getFirst().segments().getFirst());
  }

  /** Whether MSH-1 and MSH-2 declare five different delimiters. */
  static boolean distinct(String line) {
    if (line.length() < 8) {
      return false;
    }
    String delimiters = line.substring(3, 8);
    return delimiters.chars().distinct().count() == delimiters.length()
        && delimiters.chars().allMatch(c -> c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c));
  }

  String field(int number) {
    return msh.field(number);
  }

  /** Message type and trigger event, for example ORU^R01, or "unknown". */
  String kind() {
    return new Hl7Message(java.util.List.of(msh)).type();
  }

  String type() {
    return msh.component(9, 1);
  }

  String trigger() {
    return msh.component(9, 2);
  }

  String controlId() {
    return msh.field(10);
  }

  /** Whether the sender asks for accept acknowledgements: MSH-15 or MSH-16 has a value. */
  boolean enhanced() {
    return !msh.field(15).isBlank() || !msh.field(16).isBlank();
  }

  /** Whether a condition of HL7 table 0155 in a field asks for an answer. */
  boolean wants(int field, boolean success) {
    return switch (msh.component(field, 1)) {
      case "AL" -> true;
      case "ER" -> !success;
      case "SU" -> success;
      default -> false;
    };
  }
}
