package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * The time that a date of some precision covers: from {@code start}, before {@code end}. Dates
 * without a zone count as UTC.
 */
record DateRange(Instant start, Instant end) {
  private static final Duration DAY = Duration.ofDays(1);

  /** How a search value compares with a resource's time (FHIR R4 section 3.1.1.4.4). */
  enum Prefix {
    EQ,
    NE,
    GT,
    LT,
    GE,
    LE,
    SA,
    EB,
    AP;

    boolean holds(DateRange value, DateRange target) {
      boolean within = !target.start.isBefore(value.start) && !target.end.isAfter(value.end);
      boolean later = target.end.isAfter(value.end);
      boolean earlier = target.start.isBefore(value.start);
      return switch (this) {
        case EQ -> within;
        case NE -> !within;
        case GT -> later;
        case LT -> earlier;
        case GE -> later || within;
        case LE -> earlier || within;
        case SA -> !target.start.isBefore(value.end);
        case EB -> !target.end.isAfter(value.start);
        case AP ->
            target.end.isAfter(value.start.minus(DAY))
                && target.start.isBefore(value.end.plus(DAY));
      };
    }
  }

  static DateRange ofDay(LocalDate day) {
    Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    return new DateRange(start, start.plus(DAY));
  }

  /**
   * Reads yyyy, yyyy-mm, yyyy-mm-dd or a date and time to minutes, seconds or fractions.
   *
   * @throws PrecordiaException INVALID_ARGUMENT
   */
  static DateRange parse(String text) {
    try {
      return switch (text.length()) {
        case 4 -> {
          LocalDate first = Year.parse(text).atDay(1);
          yield between(first, first.plusYears(1));
        }
        case 7 -> {
          LocalDate first = YearMonth.parse(text).atDay(1);
          yield between(first, first.plusMonths(1));
        }
        case 10 -> ofDay(LocalDate.parse(text));
        default -> time(text.toUpperCase(Locale.ROOT));
      };
    } catch (DateTimeException e) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "a date must be yyyy, yyyy-mm, yyyy-mm-dd or yyyy-mm-ddThh:mm:ss with a zone",
          e);
    }
  }

  private static DateRange between(LocalDate first, LocalDate next) {
    return new DateRange(ofDay(first).start, ofDay(next).start);
  }

  private static DateRange time(String text) {
    // "+" of a zone arrives as a space where a client does not escape it
    String clean = text.replace(' ', '+');
    boolean zoned = clean.endsWith("Z") || clean.matches(".*[+-][0-9]{2}:[0-9]{2}");
    Instant start =
        zoned
            ? OffsetDateTime.parse(clean).toInstant()
            : LocalDateTime.parse(clean).toInstant(ZoneOffset.UTC);
    String seconds = clean.replaceFirst("(Z|[+-][0-9]{2}:[0-9]{2})$", "");
    Duration length =
        seconds.length() <= 16
            ? Duration.ofMinutes(1)
            : seconds.length() <= 19 ? Duration.ofSeconds(1) : Duration.ofMillis(1);
    return new DateRange(start, start.plus(length));
  }
}
