package io.precordia.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The delimiters that MSH-1 and MSH-2 declare, and HL7 v2 escape sequences (HL7 v2.5 section 2.7).
 */
public record Hl7Delimiters(
    char field, char component, char repetition, char escape, char subcomponent) {

  /**
   * Reads the delimiters of a line that starts with MSH, FHS or BHS; missing ones get their usual
   * values.
   */
  static Hl7Delimiters of(String header) {
    String usual = "|^~\\&";
    char[] d = usual.toCharArray();
    if (header.length() > 3) {
      d[0] = header.charAt(3);
    }
    for (int i = 1; i < 5 && 3 + i < header.length() && header.charAt(3 + i) != d[0]; i++) {
      d[i] = header.charAt(3 + i);
    }
    return new Hl7Delimiters(d[0], d[1], d[2], d[3], d[4]);
  }

  /** {@code |^~\\&}. */
  public static Hl7Delimiters usual() {
    return of("");
  }

  /** MSH-2: all but the field separator. */
  public String encodingCharacters() {
    return "" + component + repetition + escape + subcomponent;
  }

  /**
   * Text as it stands in a field: delimiters escaped, line ends as {@code .br}, controls left out.
   */
  public String escape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      String code =
          c == field
              ? "F"
              : c == component
                  ? "S"
                  : c == repetition
                      ? "R"
                      : c == escape ? "E" : c == subcomponent ? "T" : c == '\n' ? ".br" : "";
      if (!code.isEmpty()) {
        out.append(escape).append(code).append(escape);
      } else if (c >= ' ' && c != 0x7f) {
        out.append(c);
      }
    }
    return out.toString();
  }

  static List<String> split(String text, char delimiter) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    int to = text.indexOf(delimiter);
    while (to >= 0) {
      parts.add(text.substring(from, to));
      from = to + 1;
      to = text.indexOf(delimiter, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  /**
   * Text with its escape sequences replaced; line breaks (.br, .sp) become newlines, highlighting
   * is removed, unknown ones stay.
   */
  public String unescape(String text) {
    if (text.indexOf(escape) < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      int end = c == escape ? text.indexOf(escape, i + 1) : -1;
      String replaced = end > i && end - i <= 200 ? sequence(text.substring(i + 1, end)) : null;
      if (replaced == null) {
        out.append(c);
        i++;
      } else {
        out.append(replaced);
        i = end + 1;
      }
    }
    return out.toString();
  }

  private @org.jspecify.annotations.Nullable String sequence(String s) {
    switch (s) {
      case "F":
        return String.valueOf(field);
      case "S":
        return String.valueOf(component);
      case "R":
        return String.valueOf(repetition);
      case "E":
        return String.valueOf(escape);
      case "T":
        return String.valueOf(subcomponent);
      case "H", "N":
        return "";
      default:
        break;
    }
    if (s.startsWith(".")) {
      boolean breaks = s.startsWith(".br") || s.startsWith(".sp") || s.startsWith(".ce");
      boolean layout =
          s.startsWith(".in")
              || s.startsWith(".ti")
              || s.startsWith(".sk")
              || s.startsWith(".fi")
              || s.startsWith(".nf");
      return breaks ? "\n" : layout ? " " : null;
    }
    return s.startsWith("X") && s.matches("X(?:[0-9A-Fa-f]{2}){1,80}")
        ? hexadecimal(s.substring(1))
        : null;
  }

  /**
   * Hexadecimal data as text: line ends and printable ASCII; anything else becomes a space, since
   * its character set is not stated.
   */
  private static String hexadecimal(String hex) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < hex.length(); i += 2) {
      int v = Integer.parseInt(hex.substring(i, i + 2), 16);
      out.append(v == '\r' || v == '\n' ? '\n' : v >= ' ' && v < 0x7f ? (char) v : ' ');
    }
    return out.toString();
  }
}
