package io.precordia.ecg;

import io.precordia.study.Identity;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Subject, sex, age and date of an aECG document. */
final class AecgIdentity {
  private @Nullable String subject;
  private @Nullable String object;
  private @Nullable String sex;
  private @Nullable LocalDate birth;
  private @Nullable LocalDate date;

  void element(
      String name,
      String parent,
      String grandparent,
      @Nullable String extension,
      String root,
      String code,
      String value) {
    switch (name) {
      case "id" -> {
        if (parent.equals("trialSubject") && extension != null && !extension.isBlank()) {
          // HL7 CX form: identifier and its assigning authority
          subject = root.isEmpty() ? extension.strip() : extension.strip() + "^^^" + root;
        } else if (parent.equals("AnnotatedECG") && !root.isEmpty()) {
          object = extension == null || extension.isBlank() ? root : root + "^" + extension.strip();
        }
      }
      case "administrativeGenderCode" -> {
        String c = code.toUpperCase(Locale.ROOT);
        sex = c.equals("M") || c.equals("F") ? c : c.equals("UN") ? "O" : sex;
      }
      case "birthTime" -> birth = date(value);
      case "center", "low", "high" -> {
        if (date == null
            && parent.equals("effectiveTime")
            && (grandparent.equals("AnnotatedECG") || grandparent.equals("series"))) {
          date = date(value);
        }
      }
      default -> {}
    }
  }

  Identity identity() {
    Integer age = null;
    if (birth != null && date != null) {
      long years = ChronoUnit.YEARS.between(birth, date);
      age = years >= 0 && years <= 130 ? Integer.valueOf((int) years) : null;
    }
    return new Identity(subject, null, object, date, sex, age, null, List.of());
  }

  private static @Nullable LocalDate date(String value) {
    if (value.length() < 8) {
      return null;
    }
    try {
      return LocalDate.parse(value.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
