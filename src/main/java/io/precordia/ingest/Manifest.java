package io.precordia.ingest;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Flag;
import io.precordia.study.Identity;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table that says whom files are about: CSV in UTF-8 with a header line, in any column order.
 * Columns: {@code file} (relative to the manifest), {@code subject} (or patient, patient_id,
 * subject_id), {@code study}, {@code date} (YYYY-MM-DD), {@code report} (its text), and to filter
 * by: {@code sex}, {@code age}, {@code site} (or source), {@code view}, {@code label} (or labels,
 * superclasses; {@code |} between several). Other columns are ignored. A row with a report and a
 * file makes two instances of one study.
 *
 * @param rows usable rows
 * @param problems rows that cannot be used, with the reason
 */
public record Manifest(List<Row> rows, List<Problem> problems) {
  public Manifest {
    rows = List.copyOf(rows);
    problems = List.copyOf(problems);
  }

  /**
   * One row.
   *
   * @param file path relative to the manifest, {@code /} between folders, no {@code ..}; null if
   *     the row is a report only
   */
  public record Row(int line, @Nullable String file, Identity identity, @Nullable String report) {}

  /** Why a row is left out. */
  public record Problem(int line, Flag flag) {}

  private static final Map<String, String> COLUMNS =
      Map.ofEntries(
          Map.entry("file", "file"),
          Map.entry("path", "file"),
          Map.entry("filename", "file"),
          Map.entry("subject", "subject"),
          Map.entry("patient", "subject"),
          Map.entry("patient_id", "subject"),
          Map.entry("subject_id", "subject"),
          Map.entry("study", "study"),
          Map.entry("study_id", "study"),
          Map.entry("ecg_id", "study"),
          Map.entry("date", "date"),
          Map.entry("report", "report"),
          Map.entry("sex", "sex"),
          Map.entry("age", "age"),
          Map.entry("site", "site"),
          Map.entry("source", "site"),
          Map.entry("view", "view"),
          Map.entry("label", "label"),
          Map.entry("labels", "label"),
          Map.entry("superclasses", "label"));

  /**
   * Reads a manifest.
   *
   * @throws PrecordiaException INVALID_REQUEST if it is not UTF-8 or has neither a {@code file} nor
   *     a {@code report} column
   */
  public static Manifest parse(byte[] csv) {
    List<CsvTable.Row> table = CsvTable.parse(utf8(csv));
    Map<String, Integer> columns = new HashMap<>();
    if (!table.isEmpty()) {
      List<String> header = table.getFirst().fields();
      for (int i = 0; i < header.size(); i++) {
        String name = COLUMNS.get(header.get(i).strip().toLowerCase(Locale.ROOT));
        if (name != null) {
          columns.putIfAbsent(name, i);
        }
      }
    }
    if (!columns.containsKey("file") && !columns.containsKey("report")) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST,
          "the manifest needs a header line with a column named file or report");
    }
    List<Row> rows = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    Set<String> files = new HashSet<>();
    for (CsvTable.Row record : table.subList(1, table.size())) {
      try {
        Row row = row(record, columns);
        if (row.file() != null && !files.add(row.file())) {
          throw new PrecordiaException(
              ErrorCode.INVALID_REQUEST, "the file is named by an earlier row already");
        }
        rows.add(row);
      } catch (PrecordiaException e) {
        problems.add(
            new Problem(
                record.line(),
                new Flag(e.code(), "manifest line " + record.line() + ": " + e.getMessage())));
      }
    }
    return new Manifest(rows, problems);
  }

  private static Row row(CsvTable.Row record, Map<String, Integer> columns) {
    String file = value(record, columns, "file");
    String report = value(record, columns, "report");
    if (file == null && report == null) {
      throw new PrecordiaException(ErrorCode.INVALID_REQUEST, "neither a file nor a report");
    }
    String study = value(record, columns, "study");
    if (study == null && file != null && report != null) {
      study = file; // keeps the two together
    }
    List<String> tags = new ArrayList<>();
    for (String column : List.of("view", "label")) {
      String words = value(record, columns, column);
      if (words != null) {
        for (String word : words.split("\\|")) {
          if (!word.isBlank()) {
            tags.add(word.strip());
          }
        }
      }
    }
    Identity identity =
        new Identity(
            value(record, columns, "subject"),
            study,
            null,
            date(value(record, columns, "date")),
            sex(value(record, columns, "sex")),
            age(value(record, columns, "age")),
            value(record, columns, "site"),
            tags);
    return new Row(record.line(), file == null ? null : relative(file), identity, report);
  }

  private static String relative(String file) {
    String path = file.replace('\\', '/');
    boolean outside =
        path.startsWith("/")
            || path.matches("[A-Za-z]:.*")
            || path.indexOf('\0') >= 0
            || List.of(path.split("/")).contains("..");
    if (outside) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "the file must be a path below the manifest, without \"..\"");
    }
    return path.replaceAll("/(?:\\./)+", "/").replaceFirst("^(?:\\./)+", "");
  }

  private static @Nullable String value(
      CsvTable.Row record, Map<String, Integer> columns, String name) {
    Integer column = columns.get(name);
    if (column == null || column >= record.fields().size()) {
      return null;
    }
    String value = record.fields().get(column).strip();
    return value.isEmpty() ? null : value;
  }

  private static @Nullable LocalDate date(@Nullable String value) {
    if (value == null) {
      return null;
    }
    try {
      return value.matches("\\d{8}")
          ? LocalDate.of(
              Integer.parseInt(value.substring(0, 4)),
              Integer.parseInt(value.substring(4, 6)),
              Integer.parseInt(value.substring(6)))
          : LocalDate.parse(value.length() > 10 ? value.substring(0, 10) : value);
    } catch (DateTimeException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "the date must be written YYYY-MM-DD");
    }
  }

  private static @Nullable String sex(@Nullable String value) {
    return switch (value == null ? "" : value.toLowerCase(Locale.ROOT)) {
      case "m", "male" -> "M";
      case "f", "female" -> "F";
      case "o", "other", "d" -> "O";
      default -> null;
    };
  }

  private static @Nullable Integer age(@Nullable String value) {
    try {
      double years = value == null ? -1 : Double.parseDouble(value);
      return years >= 0 && years <= 130 ? Integer.valueOf((int) years) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String utf8(byte[] csv) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(csv)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new PrecordiaException(ErrorCode.INVALID_REQUEST, "the manifest is not UTF-8 text");
    }
  }
}
