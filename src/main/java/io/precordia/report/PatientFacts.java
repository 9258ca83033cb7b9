package io.precordia.report;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sex, dates and age as HL7 v2, CDA and FHIR write them. */
public final class PatientFacts {
  private PatientFacts() {}

  /** M, F, O or null. */
  public static @Nullable String sex(String code) {
    return switch (code.toLowerCase(Locale.ROOT)) {
      case "m", "male" -> "M";
      case "f", "female" -> "F";
      case "o", "other", "a", "n", "un" -> "O";
      default -> null;
    };
  }

  /** The date at the start of yyyymmdd… or yyyy-mm-dd…, or null. */
  public static @Nullable LocalDate date(String text) {
    String digits =
        text.length() >= 10 && text.charAt(4) == '-'
            ? text.substring(0, 10).replace("-", "")
            : text;
    if (digits.length() < 8 || !digits.substring(0, 8).matches("[0-9]{8}")) {
      return null;
    }
    try {
      return LocalDate.of(
          Integer.parseInt(digits.substring(0, 4)),
          Integer.parseInt(digits.substring(4, 6)),
          Integer.parseInt(digits.substring(6, 8)));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Completed years between two dates, 0 to 130, or null. */
  static @Nullable Integer age(@Nullable LocalDate birth, @Nullable LocalDate at) {
    if (birth == null || at == null) {
      return null;
    }
    long years = ChronoUnit.YEARS.between(birth, at);
    return years >= 0 && years <= 130 ? Integer.valueOf((int) years) : null;
  }
}
