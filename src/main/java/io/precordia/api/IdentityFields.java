package io.precordia.api;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Identity;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a sender says of files beside the files: form fields, or columns of a manifest. Values are
 * never repeated in messages.
 */
public final class IdentityFields {
  public static final Set<String> NAMES =
      Set.of("subject", "study", "date", "sex", "age", "site", "tags");
  private static final int CHARACTERS = 256;
  private static final int OLDEST = 130;

  private IdentityFields() {}

  /**
   * @param fields names from {@link #NAMES}; blank values count as absent; others are ignored
   * @throws PrecordiaException INVALID_ARGUMENT
   */
  public static Identity parse(Map<String, String> fields) {
    return new Identity(
        text(fields, "subject"),
        text(fields, "study"),
        null,
        date(fields),
        sex(fields),
        age(fields),
        text(fields, "site"),
        tags(fields));
  }

  private static @Nullable String text(Map<String, String> fields, String name) {
    String value = fields.getOrDefault(name, "").strip();
    if (value.length() > CHARACTERS) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, name + " may have at most " + CHARACTERS + " characters");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, name + " must not hold control characters");
    }
    return value.isEmpty() ? null : value;
  }

  private static @Nullable LocalDate date(Map<String, String> fields) {
    String value = text(fields, "date");
    try {
      return value == null
          ? null
          : LocalDate.parse(
              value,
              value.contains("-")
                  ? DateTimeFormatter.ISO_LOCAL_DATE
                  : DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeException e) {
      throw new PrecordiaException(ErrorCode.INVALID_ARGUMENT, "date must be YYYY-MM-DD", e);
    }
  }

  private static @Nullable String sex(Map<String, String> fields) {
    String value = text(fields, "sex");
    if (value != null && !Set.of("M", "F", "O").contains(value)) {
      throw new PrecordiaException(ErrorCode.INVALID_ARGUMENT, "sex must be M, F or O");
    }
    return value;
  }

  private static @Nullable Integer age(Map<String, String> fields) {
    String value = text(fields, "age");
    if (value == null) {
      return null;
    }
    try {
      double age = Double.parseDouble(value);
      if (age >= 0 && age <= OLDEST) {
        return (int) age;
      }
    } catch (NumberFormatException e) {
      // reported below with the range
    }
    throw new PrecordiaException(
        ErrorCode.INVALID_ARGUMENT, "age must be a number of years from 0 to " + OLDEST);
  }

  private static List<String> tags(Map<String, String> fields) {
    String value = text(fields, "tags");
    return value == null
        ? List.of()
        : Arrays.stream(value.split("[,|]"))
            .map(String::strip)
            .filter(tag -> !tag.isEmpty())
            .distinct()
            .toList();
  }
}
