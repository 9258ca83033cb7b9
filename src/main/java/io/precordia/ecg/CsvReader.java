package io.precordia.ecg;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Identity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an ECG table: optional comment lines ({@code # rate=500}, {@code # unit=uV}), a header row
 * of lead names with optional units ({@code I (mV)}), an optional time column, then one row per
 * sample. Separators: comma, semicolon (then a decimal comma is understood) or tab. Empty cells,
 * NaN and NA are missing samples. The rate comes from the comment or the time column, the unit from
 * the header or the comment; without either the file is refused rather than guessed.
 */
public final class CsvReader {
  private static final int MAX_COLUMNS = 128;

  private CsvReader() {}

  /** Whether the text has a header row with at least one known lead, and numbers below it. */
  public static boolean looksLike(byte[] bytes) {
    byte[] head = bytes.length > 65536 ? Arrays.copyOf(bytes, 65536) : bytes;
    CsvLines lines = new CsvLines(new String(head, StandardCharsets.UTF_8));
    String header = lines.nextData();
    String row = lines.nextData();
    if (header == null || row == null || header.indexOf('\0') >= 0 || row.isEmpty()) {
      return false;
    }
    char separator = CsvColumn.separator(header);
    List<CsvColumn> columns = CsvColumn.parse(header, separator);
    return columns.stream().anyMatch(c -> LeadNames.parse(c.name()).isPresent())
        && "0123456789+-.nN,;\t\" ".indexOf(row.strip().isEmpty() ? ' ' : row.strip().charAt(0))
            >= 0;
  }

  /**
   * Reads a table.
   *
   * @throws PrecordiaException EMPTY, NO_KNOWN_LEADS, MISSING_CALIBRATION, MALFORMED, TOO_LARGE
   */
  public static Recording read(byte[] bytes) {
    CsvLines lines = new CsvLines(new String(bytes, StandardCharsets.UTF_8));
    String header = lines.nextData();
    if (header == null) {
      throw new PrecordiaException(ErrorCode.EMPTY, "the CSV file has no header row");
    }
    char separator = CsvColumn.separator(header);
    List<CsvColumn> columns = CsvColumn.parse(header, separator);
    if (columns.size() > MAX_COLUMNS) {
      throw new PrecordiaException(
          ErrorCode.TOO_LARGE, "the CSV file has more than " + MAX_COLUMNS + " columns");
    }
    if (columns.stream().noneMatch(c -> LeadNames.parse(c.name()).isPresent())) {
      throw new PrecordiaException(
          ErrorCode.NO_KNOWN_LEADS, "the CSV header row names none of the twelve standard leads");
    }
    double[][] values = rows(lines, columns, separator);
    double rate = rate(lines, columns, values);
    List<RawEcg.Channel> channels = new ArrayList<>();
    boolean relative = CsvColumn.isRelative(lines.comment("unit"));
    for (int c = 0; c < values.length; c++) {
      CsvColumn column = columns.get(c);
      if (!column.isTime()) {
        String unit = column.unit().isEmpty() ? lines.comment("unit") : column.unit();
        channels.add(RawEcg.Channel.physical(column.name(), values[c], unit, rate));
      }
    }
    return new Recording(new RawEcg(channels, !relative), Identity.UNKNOWN);
  }

  private static double[][] rows(CsvLines lines, List<CsvColumn> columns, char separator) {
    double[][] values = new double[columns.size()][256];
    int n = 0;
    String row = lines.nextData();
    while (row != null) {
      if (n == values[0].length) {
        if ((long) n * columns.size() > EcgAssembler.MAX_SAMPLES) {
          throw new PrecordiaException(
              ErrorCode.TOO_LARGE, "the CSV file holds more samples than are read; split it");
        }
        for (int c = 0; c < values.length; c++) {
          values[c] = Arrays.copyOf(values[c], 2 * n);
        }
      }
      row(row, separator, values, n, lines.number());
      n++;
      row = lines.nextData();
    }
    for (int c = 0; c < values.length; c++) {
      values[c] = Arrays.copyOf(values[c], n);
    }
    return values;
  }

  private static void row(String row, char separator, double[][] values, int n, int line) {
    int from = 0;
    for (int c = 0; c < values.length; c++) {
      if (from > row.length()) {
        throw new PrecordiaException(
            ErrorCode.MALFORMED, "CSV line " + line + " has fewer cells than the header row");
      }
      int to = row.indexOf(separator, from);
      to = to < 0 ? row.length() : to;
      values[c][n] = CsvColumn.number(row.substring(from, to), separator, line);
      from = to + 1;
    }
    if (from <= row.length()) {
      throw new PrecordiaException(
          ErrorCode.MALFORMED, "CSV line " + line + " has more cells than the header row");
    }
  }

  private static double rate(CsvLines lines, List<CsvColumn> columns, double[][] values) {
    Double stated = lines.rate();
    if (stated != null) {
      return stated;
    }
    for (int c = 0; c < columns.size(); c++) {
      if (columns.get(c).isTime()) {
        return timeRate(values[c], columns.get(c).secondsPerUnit());
      }
    }
    throw new PrecordiaException(
        ErrorCode.MISSING_CALIBRATION,
        "the CSV file states no sampling rate; add a line '# rate=500' or a time column");
  }

  private static double timeRate(double[] time, @Nullable Double secondsPerUnit) {
    if (time.length < 2) {
      throw new PrecordiaException(ErrorCode.TOO_SHORT, "the CSV file has fewer than two samples");
    }
    double step = (time[time.length - 1] - time[0]) / (time.length - 1);
    for (int i = 1; i < time.length; i++) {
      double d = time[i] - time[i - 1];
      if (!(d > 0.5 * step && d < 1.5 * step)) {
        throw new PrecordiaException(
            ErrorCode.MALFORMED,
            "the CSV time column does not rise in even steps; resample to a fixed rate");
      }
    }
    double rate = 1 / (step * (secondsPerUnit == null ? 1 : secondsPerUnit));
    if (!(rate >= 20 && rate <= 100_000)) {
      throw new PrecordiaException(
          ErrorCode.MISSING_CALIBRATION,
          "the CSV time column gives no plausible rate; name its unit, as in 'time (ms)'");
    }
    return Math.abs(rate - Math.rint(rate)) < 1e-4 * rate ? Math.rint(rate) : rate;
  }
}
