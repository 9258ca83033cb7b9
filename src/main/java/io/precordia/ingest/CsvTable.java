package io.precordia.ingest;

import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values as in RFC 4180: quoted fields may hold commas, doubled quotes and line
 * breaks.
 */
final class CsvTable {
  /**
   * One record.
   *
   * @param line number of its first line, from 1
   */
  record Row(int line, List<String> fields) {}

  private CsvTable() {}

  /** Records of the text; blank lines are left out. An unclosed quote ends with the text. */
  static List<Row> parse(String text) {
    List<Row> rows = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    int line = 1;
    int first = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line++;
      }
      if (quoted) {
        if (c != '"') {
          field.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          field.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"' && field.isEmpty()) {
        quoted = true;
      } else if (c == ',') {
        fields.add(field.toString());
        field.setLength(0);
      } else if (c == '\n') {
        end(rows, fields, field, first);
        first = line;
      } else if (c != '\r' || (i + 1 < text.length() && text.charAt(i + 1) != '\n')) {
        field.append(c);
      }
    }
    end(rows, fields, field, first);
    return rows;
  }

  private static void end(List<Row> rows, List<String> fields, StringBuilder field, int line) {
    if (!fields.isEmpty() || !field.isEmpty()) {
      fields.add(field.toString());
      rows.add(new Row(line, List.copyOf(fields)));
    }
    fields.clear();
    field.setLength(0);
  }
}
