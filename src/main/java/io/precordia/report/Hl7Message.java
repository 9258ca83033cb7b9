package io.precordia.report;

import io.precordia.study.Identity;
import java.util.ArrayList;
import java.util.List;

/**
 * One HL7 v2 message as its segments. Reading is tolerant of what files show: CR, LF or CRLF
 * between segments, MLLP framing bytes, batch envelopes (FHS BHS BTS FTS), lines broken inside a
 * field (joined to the field they continue).
 */
public record Hl7Message(List<Hl7Segment> segments) {

  /** Whether text begins as an HL7 v2 message or batch. */
  public static boolean looksLike(String text) {
    String head =
        text.substring(0, Math.min(text.length(), 64)).replaceFirst("^[\\s\\x0b\\x1c\\ufeff]+", "");
    return head.length() > 8
        && head.substring(0, 3).matches("MSH|FHS|BHS")
        && !Character.isLetterOrDigit(head.charAt(3))
        && head.charAt(3) > ' ';
  }

  /** All messages in a text, in order. */
  public static List<Hl7Message> parse(String text) {
    List<Hl7Message> messages = new ArrayList<>();
    List<Hl7Segment> open = null;
    Hl7Delimiters delimiters = Hl7Delimiters.of("");
    for (String line : text.split("[\\r\\n\\x0b\\x1c\\x1a]+")) {
      String name = line.length() >= 3 ? line.substring(0, 3) : "";
      if (name.equals("MSH")) {
        delimiters = Hl7Delimiters.of(line);
        open = new ArrayList<>();
        messages.add(new Hl7Message(open));
        open.add(segment(line, delimiters));
      } else if (name.equals("FHS")
          || name.equals("BHS")
          || name.equals("BTS")
          || name.equals("FTS")) {
        open = null;
      } else if (open != null) {
        boolean segment =
            name.matches("[A-Z][A-Z0-9]{2}")
                && (line.length() == 3 || line.charAt(3) == delimiters.field());
        if (segment) {
          open.add(segment(line, delimiters));
        } else if (!line.isBlank()) {
          continued(open, line, delimiters);
        }
      }
    }
    return messages;
  }

  private static void continued(List<Hl7Segment> open, String line, Hl7Delimiters delimiters) {
    Hl7Segment last = open.removeLast();
    List<String> more = Hl7Delimiters.split(line, delimiters.field());
    List<String> fields = new ArrayList<>(last.fields());
    String head =
        fields.isEmpty()
            ? ""
            : fields.removeLast() + delimiters.escape() + ".br" + delimiters.escape();
    fields.add(head + more.get(0));
    fields.addAll(more.subList(1, more.size()));
    open.add(new Hl7Segment(last.name(), fields, delimiters));
  }

  private static Hl7Segment segment(String line, Hl7Delimiters delimiters) {
    List<String> parts = Hl7Delimiters.split(line, delimiters.field());
    List<String> fields = new ArrayList<>();
    if (parts.get(0).equals("MSH")) {
      fields.add(String.valueOf(delimiters.field()));
    }
    fields.addAll(parts.subList(1, parts.size()));
    return new Hl7Segment(line.substring(0, 3), fields, delimiters);
  }

  /** Message type and trigger, for example ORU^R01; never anything else of the message. */
  public String type() {
    Hl7Segment msh = segments.get(0);
    String type = msh.component(9, 1);
    String trigger = msh.component(9, 2);
    String joined = trigger.isEmpty() ? type : type + "^" + trigger;
    return joined.matches("[A-Z0-9]{3}(\\^[A-Z0-9]{3})?") ? joined : "unknown";
  }

  /** Who and what the message is about. */
  public Identity identity() {
    return Hl7Identity.of(this);
  }

  /** First segment of a name, or one without fields. */
  public Hl7Segment first(String name) {
    for (Hl7Segment s : segments) {
      if (s.name().equals(name)) {
        return s;
      }
    }
    return new Hl7Segment(name, List.of(), segments.get(0).delimiters());
  }
}
