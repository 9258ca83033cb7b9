package io.precordia.report;

import java.util.List;

/**
 * One HL7 v2 segment, split into fields. Numbering follows the standard: field 1 is the first after
 * the segment name (MSH-1 is the field separator itself).
 */
public record Hl7Segment(String name, List<String> fields, Hl7Delimiters delimiters) {

  /** Raw field {@code number}, with repetitions and escapes, or the empty text. */
  public String field(int number) {
    return number >= 1 && number <= fields.size() ? fields.get(number - 1) : "";
  }

  public List<String> repetitions(int number) {
    return Hl7Delimiters.split(field(number), delimiters.repetition());
  }

  /**
   * Component {@code component} of the first repetition of a field, unescaped; {@code ""} (HL7
   * null) reads as empty.
   */
  public String component(int number, int component) {
    return component(repetitions(number).get(0), component, delimiters);
  }

  /** Component {@code component} of a repetition, with its subcomponents and escapes. */
  static String rawComponent(String repetition, int component, Hl7Delimiters delimiters) {
    List<String> parts = Hl7Delimiters.split(repetition, delimiters.component());
    return component <= parts.size() ? parts.get(component - 1).strip() : "";
  }

  static String component(String repetition, int component, Hl7Delimiters delimiters) {
    List<String> parts = Hl7Delimiters.split(repetition, delimiters.component());
    String value = component <= parts.size() ? parts.get(component - 1).strip() : "";
    return value.equals("\"\"") ? "" : delimiters.unescape(value);
  }
}
