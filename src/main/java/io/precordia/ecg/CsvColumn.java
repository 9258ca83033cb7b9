package io.precordia.ecg;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One column of a CSV header row: its name and the unit in it, if any. */
record CsvColumn(String name, String unit) {
  private static final Pattern UNIT =
      Pattern.compile(
          "(.*?)\\s*(?:\\(([^()]{1,12})\\)|\\[([^\\[\\]]{1,12})\\]|[/_ ](n[vV]|u[vV]|[\u00b5\u03bc]V|m[vV]|V|ms|s|us))\\s*");

  static List<CsvColumn> parse(String header, char separator) {
    List<CsvColumn> columns = new ArrayList<>();
    for (String cell : header.split(Pattern.quote(String.valueOf(separator)), -1)) {
      String text = unquoted(cell);
      Matcher m = text.length() <= 200 ? UNIT.matcher(text) : null;
      if (m != null && m.matches() && !m.group(1).isEmpty()) {
        String unit =
            m.group(2) != null ? m.group(2) : m.group(3) != null ? m.group(3) : m.group(4);
        columns.add(new CsvColumn(m.group(1), unit.strip()));
      } else {
        columns.add(new CsvColumn(text, ""));
      }
    }
    return columns;
  }

  static char separator(String header) {
    return header.indexOf('\t') >= 0 ? '\t' : header.indexOf(';') >= 0 ? ';' : ',';
  }

  /** Whether a unit says that amplitudes carry no voltage. */
  static boolean isRelative(String unit) {
    return switch (unit.strip().toLowerCase(Locale.ROOT)) {
      case "z", "zscore", "z-score", "sd", "relative" -> true;
      default -> false;
    };
  }

  boolean isTime() {
    String n = name.toLowerCase(Locale.ROOT);
    return n.equals("t")
        || n.equals("time")
        || n.equals("timestamp")
        || n.equals("seconds")
        || n.equals("milliseconds");
  }

  /** Seconds per unit of a time column, or null if not stated. */
  @Nullable Double secondsPerUnit() {
    String u = unit.isEmpty() ? name.toLowerCase(Locale.ROOT) : unit.toLowerCase(Locale.ROOT);
    return switch (u) {
      case "s", "sec", "seconds" -> 1.0;
      case "ms", "msec", "milliseconds" -> 1e-3;
      case "us", "\u00b5s", "\u03bcs" -> 1e-6;
      default -> null;
    };
  }

  static double number(String cell, char separator, int line) {
    String text = unquoted(cell);
    if (text.isEmpty()
        || text.equalsIgnoreCase("nan")
        || text.equalsIgnoreCase("na")
        || text.equalsIgnoreCase("null")) {
      return Double.NaN;
    }
    try {
      if (text.length() <= 40 && "+-.,0123456789".indexOf(text.charAt(0)) >= 0) {
        return Double.parseDouble(separator == ';' ? text.replace(',', '.') : text);
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new PrecordiaException(
        ErrorCode.MALFORMED, "CSV line " + line + " holds a cell that is not a number");
  }

  private static String unquoted(String cell) {
    String text = cell.strip();
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1).strip()
        : text;
  }
}
