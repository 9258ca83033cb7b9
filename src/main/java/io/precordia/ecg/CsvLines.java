package io.precordia.ecg;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Walks a CSV text line by line, collecting {@code # key=value} comments on the way. */
final class CsvLines {
  private static final Pattern ENTRY =
      Pattern.compile(
          "([A-Za-z_ ]{1,30}?)\\s*[:=]\\s*([^,;\\s]{1,30})(?:\\s*hz)?", Pattern.CASE_INSENSITIVE);
  private final String text;
  private final Map<String, String> comments = new HashMap<>();
  private int at;
  private int number;

  CsvLines(String text) {
    this.text = text;
    this.at = text.startsWith("\ufeff") ? 1 : 0;
  }

  /** Next line that is neither blank nor a comment, or null at the end. */
  @Nullable String nextData() {
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      String line = text.substring(at, end);
      at = text.startsWith("\r\n", end) ? end + 2 : end + 1;
      number++;
      if (line.startsWith("#")) {
        remember(line.substring(1));
      } else if (!line.isBlank()) {
        return line;
      }
    }
    return null;
  }

  private void remember(String line) {
    if (comments.size() < 100 && line.length() < 1000) {
      Matcher m = ENTRY.matcher(line);
      while (m.find()) {
        comments.putIfAbsent(
            m.group(1).strip().toLowerCase(Locale.ROOT).replace(' ', '_'), m.group(2));
      }
    }
  }

  /** Number of the line that {@link #nextData} gave last, from 1. */
  int number() {
    return number;
  }

  String comment(String key) {
    return comments.getOrDefault(key, comments.getOrDefault(key + "s", ""));
  }

  /** The stated rate in Hz, or null. */
  @Nullable Double rate() {
    for (String key :
        new String[] {
          "rate", "rate_hz", "fs", "sampling_rate", "sample_rate", "sampling_frequency", "frequency"
        }) {
      String value = comments.get(key);
      if (value != null) {
        try {
          return Double.valueOf(value.toLowerCase(Locale.ROOT).replaceFirst("hz$", ""));
        } catch (NumberFormatException e) {
          return Double.NaN;
        }
      }
    }
    return null;
  }
}
