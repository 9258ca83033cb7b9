package io.precordia.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the segments of an HL7 v2 message say of who its patient is and who was around: names (XPN,
 * XCN), identifiers, addresses and telephone numbers of PID, NK1, PV1, ORC and OBR.
 */
public final class Hl7Identifiers {
  /** Fields with person names; in XCN the identifier comes first. */
  private static final Map<String, List<Integer>> NAMES =
      Map.of(
          "PID", List.of(5, 6, 9),
          "NK1", List.of(2, 30),
          "PV1", List.of(7, 8, 9, 17, 52),
          "ORC", List.of(10, 11, 12, 19),
          "OBR", List.of(10, 16, 28, 32, 33, 34, 35));

  private static final Map<String, List<Integer>> OTHERS =
      Map.of(
          "PID", List.of(2, 3, 4, 7, 11, 13, 14, 18, 19, 20, 21, 26),
          "NK1", List.of(4, 5, 6),
          "PV1", List.of(19, 50),
          "ORC", List.of(2, 3, 4, 14),
          "OBR", List.of(2, 3, 17, 18, 19));

  private Hl7Identifiers() {}

  /** Identifiers of a message; none of what is no HL7 v2. */
  public static KnownIdentifiers of(byte[] file) {
    String text = new String(file, StandardCharsets.UTF_8);
    if (text.indexOf('\ufffd') >= 0) {
      text = new String(file, StandardCharsets.ISO_8859_1);
    }
    List<String> names = new ArrayList<>();
    List<String> others = new ArrayList<>();
    int start = text.indexOf("MSH");
    if (start < 0 || text.length() < start + 8) {
      return KnownIdentifiers.of(names, others);
    }
    String field = text.substring(start + 3, start + 4);
    String parts = text.substring(start + 4, start + 8);
    for (String line : text.split("[\\r\\n]+")) {
      String[] fields = line.split(java.util.regex.Pattern.quote(field), -1);
      take(fields, NAMES, parts, names);
      take(fields, OTHERS, parts, others);
    }
    return KnownIdentifiers.of(names, others);
  }

  private static void take(
      String[] fields, Map<String, List<Integer>> wanted, String separators, List<String> out) {
    for (int index : wanted.getOrDefault(fields[0].strip(), List.of())) {
      if (index >= fields.length) {
        continue;
      }
      String split = "[" + java.util.regex.Pattern.quote(separators) + "]";
      Arrays.stream(fields[index].split(split))
          .map(String::strip)
          .filter(part -> !part.isEmpty() && !part.equals("\"\""))
          .forEach(out::add);
    }
  }
}
