package io.precordia.ecg;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Age and sex from the comment lines that PhysioNet's databases use ("Age: 74", "&lt;age&gt;: 69
 * &lt;sex&gt;: M", "Sex: Female").
 */
record WfdbComments(@Nullable Integer ageYears, @Nullable String sex) {
  private static final Pattern AGE = Pattern.compile("(?i)\\bage\\b>?\\s*[:=]\\s*(\\d{1,3})\\b");
  private static final Pattern SEX =
      Pattern.compile("(?i)\\b(?:sex|gender)\\b>?\\s*[:=]\\s*(m|f|male|female|o|other)\\b");
  private static final Pattern DATE = Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4})");

  static WfdbComments of(List<String> comments) {
    Integer age = null;
    String sex = null;
    for (String line : comments) {
      Matcher a = AGE.matcher(line);
      if (age == null && a.find() && Integer.parseInt(a.group(1)) <= 130) {
        age = Integer.valueOf(a.group(1));
      }
      Matcher s = SEX.matcher(line);
      if (sex == null && s.find()) {
        sex = s.group(1).substring(0, 1).toUpperCase(Locale.ROOT);
      }
    }
    return new WfdbComments(age, sex);
  }

  /** A base date, dd/mm/yyyy, or null if it is none. */
  static @Nullable LocalDate date(@Nullable String text) {
    Matcher m = DATE.matcher(text == null ? "" : text);
    if (!m.matches()) {
      return null;
    }
    try {
      return LocalDate.of(
          Integer.parseInt(m.group(3)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(1)));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
