package io.precordia.report;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Character sets of HL7 table 0211 as MSH-18 names them. */
public final class Hl7Charset {
  private Hl7Charset() {}

  /**
   * Text of an HL7 file: by its byte order mark, by the first MSH-18, else by the rule of {@link
   * TextDecoding}.
   */
  public static String decode(byte[] bytes) {
    boolean marked = bytes.length >= 2 && ((bytes[0] & 0xff) == 0xef || (bytes[0] & 0xff) >= 0xfe);
    if (marked || bytes.length > TextDecoding.MAX_BYTES) {
      return TextDecoding.decode(bytes);
    }
    return declared(bytes)
        .map(charset -> TextDecoding.strict(bytes, 0, charset))
        .orElseGet(() -> TextDecoding.decode(bytes));
  }

  /**
   * The character set that the first MSH-18 declares; empty if it declares none, or ASCII.
   *
   * @throws PrecordiaException BAD_CHARSET if it is not one that is read here
   */
  public static Optional<Charset> declared(byte[] bytes) {
    String latin = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = latin.indexOf("MSH");
    if (at < 0) {
      return Optional.empty();
    }
    int end = at;
    while (end < latin.length() && latin.charAt(end) != '\r' && latin.charAt(end) != '\n') {
      end++;
    }
    return charset(
        Hl7Message.parse(latin.substring(at, end))
            .getFirst()
            .segments()
            .getFirst()
            .component(18, 1));
  }

  private static Optional<Charset> charset(String name) {
    String n = name.toUpperCase(Locale.ROOT).replace('_', ' ').strip();
    if (n.isEmpty() || n.equals("ASCII")) {
      return Optional.empty(); // many senders write ASCII and send something wider
    }
    String java =
        switch (n) {
          case "UNICODE UTF-8", "UTF-8", "UTF8", "UNICODE" -> "UTF-8";
          case "UNICODE UTF-16" -> "UTF-16";
          case "GB 18030-2000", "GB18030" -> "GB18030";
          case "BIG-5" -> "Big5";
          case "KS X 1001" -> "EUC-KR";
          default ->
              n.matches("(ISO[ -]?)?8859[/-]\\d{1,2}")
                  ? "ISO-8859-" + n.replaceFirst(".*8859[/-]", "")
                  : "";
        };
    if (java.isEmpty() || !Charset.isSupported(java)) {
      throw new PrecordiaException(
          ErrorCode.BAD_CHARSET, "the character set in MSH-18 is not one that is read here");
    }
    return Optional.of(Charset.forName(java));
  }
}
