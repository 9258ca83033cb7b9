package io.precordia.dicom.deid;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Moves DA and DT values (PS3.5 6.2) by whole days. The time of day and the offset from UTC stay,
 * so that intervals within a day and across days do too. Immutable.
 *
 * @param days to add
 */
record DateShift(int days) {
  private static final Pattern DATE = Pattern.compile("(\\d{4})\\.?(\\d{2})\\.?(\\d{2})");
  private static final Pattern DATE_TIME =
      Pattern.compile("(\\d{4})(\\d{2})?(\\d{2})?(\\d{0,6}(?:\\.\\d{1,6})?)([+-]\\d{4})?");

  /** The moved date, or null if the value is no date. */
  @Nullable String date(String value) {
    Matcher m = DATE.matcher(value.strip());
    return m.matches() ? moved(m.group(1), m.group(2), m.group(3)) : null;
  }

  /** The moved date and time with the precision that it had, or null if the value is none. */
  @Nullable String dateTime(String value) {
    Matcher m = DATE_TIME.matcher(value.strip());
    if (!m.matches()) {
      return null;
    }
    String day =
        moved(
            m.group(1),
            m.group(2) == null ? "01" : m.group(2),
            m.group(3) == null ? "01" : m.group(3));
    if (day == null) {
      return null;
    }
    int digits = m.group(2) == null ? 4 : m.group(3) == null ? 6 : 8;
    return day.substring(0, digits) + m.group(4) + (m.group(5) == null ? "" : m.group(5));
  }

  private @Nullable String moved(String year, String month, String day) {
    try {
      LocalDate date =
          LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
      return DateTimeFormatter.BASIC_ISO_DATE.format(date.plusDays(days));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
