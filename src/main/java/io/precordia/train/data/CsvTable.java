package io.precordia.train.data;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A UTF-8 CSV file (RFC 4180) with a header line, as rows of column name to value. */
public final class CsvTable {
  private CsvTable() {}

  /**
   * Rows in order.
   *
   * @throws PrecordiaException INVALID_CONFIGURATION if the file is absent or no such table
   */
  public static List<Map<String, String>> read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "the manifest " + file + " cannot be read; check the recipe's data folders",
          e);
    }
    List<List<String>> records = parse(text);
    List<Map<String, String>> rows = new ArrayList<>();
    for (int i = 1; i < records.size(); i++) {
      List<String> record = records.get(i);
      if (record.size() != records.getFirst().size()) {
        throw new PrecordiaException(
            ErrorCode.INVALID_CONFIGURATION,
            "record " + i + " of " + file + " has another number of fields than the header");
      }
      Map<String, String> row = new LinkedHashMap<>();
      for (int c = 0; c < record.size(); c++) {
        row.put(records.getFirst().get(c), record.get(c));
      }
      rows.add(row);
    }
    return rows;
  }

  static List<List<String>> parse(String text) {
    List<List<String>> records = new ArrayList<>();
    List<String> record = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    boolean started = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c != '"') {
          field.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          field.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
        started = true;
      } else if (c == ',') {
        record.add(field.toString());
        field.setLength(0);
        started = true;
      } else if (c == '\n') {
        if (started || field.length() > 0) {
          record.add(field.toString());
          records.add(record);
        }
        record = new ArrayList<>();
        field.setLength(0);
        started = false;
      } else if (c != '\r') {
        field.append(c);
        started = true;
      }
    }
    if (started || field.length() > 0) {
      record.add(field.toString());
      records.add(record);
    }
    return records;
  }
}
