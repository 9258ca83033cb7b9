package io.precordia.ecg;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A WFDB header file, by the manual page header(5).
 *
 * @param frameRateHz frames per second; 250 where the file leaves it out, as the manual says
 * @param frames frames per signal, 0 if not stated
 * @param baseDate dd/mm/yyyy as written, or null
 * @param comments lines after {@code #}
 */
record WfdbHeader(
    double frameRateHz,
    long frames,
    @Nullable String baseDate,
    List<Signal> signals,
    List<String> comments) {
  private static final int MAX_SIGNALS = 256;
  private static final int MAX_BYTES = 1 << 20;
  private static final double DEFAULT_RATE = 250;
  private static final String NUMBER =
      "[-+]?(?:\\d{1,15}(?:\\.\\d{0,15})?|\\.\\d{1,15})(?:[eE][-+]?\\d{1,3})?";
  private static final Pattern RECORD =
      Pattern.compile(
          "(\\S+?)(/\\d+)?\\s+(\\d{1,6})(?:\\s+("
              + NUMBER
              + ")(?:/\\S*)?(?:\\s+(\\d{1,12})(?:\\s+(\\S+)(?:\\s+(\\S+))?)?)?)?.*");
  private static final Pattern SIGNAL =
      Pattern.compile(
          "(\\S+)\\s+(\\d{1,4})(?:x(\\d{1,6}))?(?::(\\d{1,9}))?(?:\\+(\\d{1,9}))?"
              + "(?:\\s+("
              + NUMBER
              + ")(?:\\(([-+]?\\d{1,10})\\))?(?:/(\\S+))?"
              + "(?:\\s+(\\d{1,4})(?:\\s+([-+]?\\d{1,10})(?:\\s+([-+]?\\d{1,10})(?:\\s+([-+]?\\d{1,10})(?:\\s+(\\d{1,9})(?:\\s+(.*))?)?)?)?)?)?)?\\s*");

  /**
   * One signal line.
   *
   * @param gain raw units per physical unit; 0 means uncalibrated
   * @param baseline raw value of physical 0
   * @param checksum 16-bit sum of all raw samples, or null if not stated
   */
  record Signal(
      String file,
      int format,
      int samplesPerFrame,
      int skew,
      int byteOffset,
      double gain,
      long baseline,
      String unit,
      @Nullable Integer checksum,
      String description) {}

  /**
   * Whether the bytes begin as a header does: a record line with a signal count, then a signal line
   * with a format number.
   */
  static boolean looksLike(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return false;
    }
    List<String> lines = lines(bytes, new ArrayList<>());
    if (lines.isEmpty() || !RECORD.matcher(lines.get(0)).matches()) {
      return false;
    }
    Matcher record = RECORD.matcher(lines.get(0));
    return record.matches()
        && (record.group(2) != null
            || (lines.size() > 1 && SIGNAL.matcher(lines.get(1)).matches()));
  }

  static WfdbHeader parse(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new PrecordiaException(ErrorCode.TOO_LARGE, "the WFDB header is larger than 1 MiB");
    }
    List<String> comments = new ArrayList<>();
    List<String> lines = lines(bytes, comments);
    if (lines.isEmpty()) {
      throw new PrecordiaException(ErrorCode.EMPTY, "the WFDB header is empty");
    }
    Matcher m = RECORD.matcher(lines.get(0));
    if (!m.matches()) {
      throw malformed("its record line cannot be read");
    }
    if (m.group(2) != null) {
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_FORMAT,
          "a multi-segment WFDB record; import its segments one by one");
    }
    int count = Integer.parseInt(m.group(3));
    if (count == 0) {
      throw new PrecordiaException(ErrorCode.EMPTY, "the WFDB record has no signals");
    }
    if (count > MAX_SIGNALS) {
      throw new PrecordiaException(
          ErrorCode.TOO_LARGE,
          "the WFDB header declares " + count + " signals; at most " + MAX_SIGNALS + " are read");
    }
    if (lines.size() < 1 + count) {
      throw new PrecordiaException(
          ErrorCode.TRUNCATED,
          "the WFDB header declares " + count + " signals but describes " + (lines.size() - 1));
    }
    double rate = m.group(4) == null ? DEFAULT_RATE : Double.parseDouble(m.group(4));
    long frames = m.group(5) == null ? 0 : Long.parseLong(m.group(5));
    List<Signal> signals = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      signals.add(signal(lines.get(i), i));
    }
    return new WfdbHeader(rate, frames, m.group(7), List.copyOf(signals), List.copyOf(comments));
  }

  private static Signal signal(String line, int number) {
    Matcher m = SIGNAL.matcher(line);
    if (!m.matches()) {
      throw malformed("signal line " + number + " cannot be read");
    }
    long zero = number(m.group(10), 0);
    return new Signal(
        m.group(1),
        (int) number(m.group(2), 0),
        (int) Math.max(1, number(m.group(3), 1)),
        (int) number(m.group(4), 0),
        (int) number(m.group(5), 0),
        m.group(6) == null ? 0 : Double.parseDouble(m.group(6)),
        m.group(7) == null ? zero : number(m.group(7), 0),
        m.group(8) == null ? "mV" : m.group(8),
        m.group(12) == null ? null : (int) number(m.group(12), 0) & 0xffff,
        m.group(14) == null ? "" : m.group(14).strip());
  }

  private static long number(@Nullable String digits, long otherwise) {
    return digits == null ? otherwise : Long.parseLong(digits);
  }

  private static List<String> lines(byte[] bytes, List<String> comments) {
    List<String> lines = new ArrayList<>();
    for (String raw : new String(bytes, StandardCharsets.ISO_8859_1).split("\r\n|\r|\n")) {
      String line = raw.strip();
      if (line.startsWith("#")) {
        comments.add(line.substring(1).strip());
      } else if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static PrecordiaException malformed(String what) {
    return new PrecordiaException(ErrorCode.MALFORMED, "not a valid WFDB header: " + what);
  }
}
