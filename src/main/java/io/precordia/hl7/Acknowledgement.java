package io.precordia.hl7;

import io.precordia.report.Hl7Delimiters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * General acknowledgement messages (HL7 v2.5.1 2.14.1): MSH, MSA and, when something is wrong, ERR.
 * They speak with the delimiters, version, processing id and character set of the message they
 * answer, and repeat nothing of it but sender, receiver and control id.
 *
 * @param application MSH-3 where the message names no receiver
 */
record Acknowledgement(String application) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss.SSS").withZone(ZoneOffset.UTC);
  private static final int LONGEST_ID = 199;

  /**
   * The message without MLLP framing.
   *
   * @param code AA, AE, AR, CA, CE or CR
   * @param refusal null for AA and CA
   */
  byte[] to(Header header, String code, @Nullable Refusal refusal) {
    Hl7Delimiters d = header.msh().delimiters();
    char f = d.field();
    StringBuilder out = new StringBuilder("MSH");
    String receiver = plain(header.field(5));
    String version = plain(header.field(12));
    String trigger = plain(header.trigger()).replaceAll("[^A-Za-z0-9]", "");
    String charset = plain(header.field(18));
    out.append(f).append(d.encodingCharacters());
    out.append(f).append(receiver.isEmpty() ? application : receiver);
    out.append(f).append(plain(header.field(6)));
    out.append(f).append(plain(header.field(3)));
    out.append(f).append(plain(header.field(4)));
    out.append(f).append(TIME.format(Instant.now())).append("+0000");
    out.append(f).append(f).append("ACK");
    if (!trigger.isEmpty()) {
      out.append(d.component()).append(trigger).append(d.component()).append("ACK");
    }
    out.append(f).append(UUID.randomUUID().toString().replace("-", ""), 0, 20);
    out.append(f).append(processing(header));
    out.append(f).append(version.isEmpty() ? "2.5.1" : version);
    if (!charset.isEmpty()) {
      out.append(String.valueOf(f).repeat(6)).append(charset);
    }
    out.append("\rMSA").append(f).append(code).append(f).append(controlId(header));
    boolean old = version.matches("2\\.[1-4](\\..*)?");
    if (refusal != null) {
      if (old) {
        out.append(f).append(escape(d, refusal.reason()));
      }
      out.append("\rERR").append(f);
      error(out, d, refusal, old);
    }
    out.append('\r');
    return out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** ERR by the form of v2.5 and later, or ERR-1 (ELD) of the versions before (2.15.5). */
  private static void error(StringBuilder out, Hl7Delimiters d, Refusal refusal, boolean old) {
    char f = d.field();
    char c = d.component();
    String location = refusal.location().replace('^', c);
    Condition condition = refusal.condition();
    if (old) {
      out.append(location.isEmpty() ? "" + c + c : location)
          .append(c)
          .append(condition.code())
          .append(d.subcomponent())
          .append(condition.text())
          .append(d.subcomponent())
          .append("HL70357");
      return;
    }
    out.append(f).append(location);
    out.append(f).append(condition.code()).append(c).append(condition.text());
    out.append(c).append("HL70357");
    out.append(f).append('E');
    out.append(f).append(refusal.code().id());
    out.append(f).append(f).append(f).append(escape(d, refusal.reason()));
  }

  private static String controlId(Header header) {
    String id = plain(header.controlId());
    return id.length() > LONGEST_ID ? id.substring(0, LONGEST_ID) : id;
  }

  private static String processing(Header header) {
    String id = plain(header.field(11));
    return id.isEmpty() ? "P" : id;
  }

  /** A raw field, without control characters that would end the segment or the block. */
  private static String plain(String raw) {
    StringBuilder out = new StringBuilder();
    raw.chars().filter(ch -> ch >= ' ' && ch != 0x7f).forEach(ch -> out.append((char) ch));
    return out.toString();
  }

  private static String escape(Hl7Delimiters d, String text) {
    return d.escape(text);
  }
}
