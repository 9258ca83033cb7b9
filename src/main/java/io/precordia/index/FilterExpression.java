package io.precordia.index;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Modality;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses filter expressions: conditions separated by white space, all of which must hold.
 *
 * <pre>
 * modality:xray,ecg   sex:F   age&gt;=60   age&lt;=80   date&gt;=2020-01-01   date&lt;=2020-12-31   site:"North Wing"   tag:PA   subject:ID
 * </pre>
 *
 * <p>{@code modality}, {@code sex}, {@code site} and {@code subject} take several values separated
 * by commas (any of them); each {@code tag} must be present. {@code age:60} and {@code
 * date:2020-01-01} mean equality. Values with spaces or commas stand in double quotes.
 */
public final class FilterExpression {
  private static final int MAX_LENGTH = 4096;
  private static final Pattern CONDITION =
      Pattern.compile(
          "\\G\\s*([A-Za-z]+)\\s*(:|>=|<=|=)\\s*((?:\"[^\"]*\"|[^\\s,\"]+)(?:,(?:\"[^\"]*\"|[^\\s,\"]+))*)(?=\\s|$)");
  private static final Pattern VALUE = Pattern.compile("\"([^\"]*)\"|([^,\"]+)");

  private final Set<Modality> modalities = EnumSet.noneOf(Modality.class);
  private final Set<String> sexes = new HashSet<>();
  private final Set<String> sites = new HashSet<>();
  private final Set<String> tags = new HashSet<>();
  private final Set<String> subjects = new HashSet<>();
  private @Nullable LocalDate from;
  private @Nullable LocalDate to;
  private @Nullable Integer ageMin;
  private @Nullable Integer ageMax;

  private FilterExpression() {}

  /**
   * Parses an expression; null or blank is no restriction.
   *
   * @throws PrecordiaException INVALID_ARGUMENT naming the position or key that is wrong
   */
  public static Filter parse(@Nullable String expression) {
    if (expression == null || expression.isBlank()) {
      return Filter.NONE;
    }
    if (expression.length() > MAX_LENGTH) {
      throw wrong("the filter is longer than " + MAX_LENGTH + " characters");
    }
    var parser = new FilterExpression();
    Matcher m = CONDITION.matcher(expression);
    int end = 0;
    while (m.find()) {
      end = m.end();
      parser.condition(m.group(1).toLowerCase(Locale.ROOT), m.group(2), m.group(3));
    }
    if (!expression.substring(end).isBlank()) {
      throw wrong(
          "the filter cannot be read from character "
              + (end + 1)
              + " on; conditions look like modality:xray age>=60 tag:PA");
    }
    return parser.filter();
  }

  private Filter filter() {
    return new Filter(modalities, from, to, sexes, ageMin, ageMax, sites, tags, subjects);
  }

  private void condition(String key, String operator, String values) {
    boolean range = operator.equals(">=") || operator.equals("<=");
    if (range && !key.equals("age") && !key.equals("date")) {
      throw wrong("only age and date can be compared with " + operator);
    }
    Matcher m = VALUE.matcher(values);
    int n = 0;
    while (m.find()) {
      String value = m.group(1) != null ? m.group(1) : m.group(2);
      if (++n > 1 && (key.equals("age") || key.equals("date"))) {
        throw wrong(key + " takes one value");
      }
      value(key, operator, value);
    }
  }

  private void value(String key, String operator, String value) {
    switch (key) {
      case "modality" -> modality(value);
      case "sex" -> sexes.add(value.toUpperCase(Locale.ROOT));
      case "site" -> sites.add(value);
      case "tag" -> tags.add(value);
      case "subject" -> subjects.add(value);
      case "age" -> age(operator, value);
      case "date" -> date(operator, value);
      default ->
          throw wrong("unknown filter key; use modality, sex, age, date, site, tag or subject");
    }
  }

  private void modality(String value) {
    switch (value.toLowerCase(Locale.ROOT)) {
      case "xray" -> modalities.add(Modality.XRAY);
      case "ecg" -> modalities.add(Modality.ECG);
      case "report" -> modalities.add(Modality.REPORT);
      case "any" -> modalities.addAll(EnumSet.allOf(Modality.class));
      default -> throw wrong("unknown modality; use xray, ecg, report or any");
    }
  }

  private void age(String operator, String value) {
    int years;
    try {
      years = Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw wrong("age takes a whole number of years");
    }
    if (!operator.equals("<=")) {
      ageMin = years;
    }
    if (!operator.equals(">=")) {
      ageMax = years;
    }
  }

  private void date(String operator, String value) {
    LocalDate date;
    try {
      date = LocalDate.parse(value);
    } catch (DateTimeException e) {
      throw wrong("date takes a day like 2020-01-31");
    }
    if (!operator.equals("<=")) {
      from = date;
    }
    if (!operator.equals(">=")) {
      to = date;
    }
  }

  private static PrecordiaException wrong(String message) {
    return new PrecordiaException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
