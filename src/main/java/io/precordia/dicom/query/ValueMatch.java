package io.precordia.dicom.query;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * How one value representation matches (PS3.4 C.2.2.2.1 to C.2.2.2.5): single value, list of UIDs,
 * wild cards, ranges of dates and times. Person names ignore case; with fuzzy matching they also
 * ignore accents, and each word asked must begin, or sound like, a word of the name. Immutable.
 */
public abstract sealed class ValueMatch {
  private ValueMatch() {}

  /** Whether one value, stripped, matches. */
  abstract boolean one(String value);

  /** Whether any of the values, joined by backslashes, matches; an absent value matches nothing. */
  public final boolean matches(String joined) {
    int from = 0;
    while (true) {
      int end = joined.indexOf('\\', from);
      String value = (end < 0 ? joined.substring(from) : joined.substring(from, end)).strip();
      if (!value.isEmpty() && one(value)) {
        return true;
      }
      if (end < 0) {
        return false;
      }
      from = end + 1;
    }
  }

  /** The match of a key that is not universal. */
  public static ValueMatch of(String vr, String asked, boolean fuzzy) {
    String value = asked.strip();
    return switch (vr) {
      case "UI" -> new AnyOf(value.split("[\\\\,]"));
      case "DA", "TM", "DT" -> new Range(vr, value);
      case "PN" -> fuzzy ? new FuzzyName(value) : new Name(value);
      case "IS", "DS", "US", "UL", "SS", "SL", "FL", "FD" -> new Numbers(value);
      default ->
          isWild(vr) && (value.indexOf('*') >= 0 || value.indexOf('?') >= 0)
              ? new Wild(new Glob(value, false))
              : new AnyOf(value.split("\\\\"));
    };
  }

  static boolean isWild(String vr) {
    return switch (vr) {
      case "AE", "CS", "LO", "LT", "PN", "SH", "ST", "UC", "UR", "UT" -> true;
      default -> false;
    };
  }

  private static final class AnyOf extends ValueMatch {
    private final String[] values;

    AnyOf(String[] values) {
      this.values = values;
    }

    @Override
    boolean one(String value) {
      for (String v : values) {
        if (v.strip().equals(value)) {
          return true;
        }
      }
      return false;
    }
  }

  private static final class Wild extends ValueMatch {
    private final Glob pattern;

    Wild(Glob pattern) {
      this.pattern = pattern;
    }

    @Override
    boolean one(String value) {
      return pattern.matches(value);
    }
  }

  private static final class Numbers extends ValueMatch {
    private final String asked;

    Numbers(String asked) {
      this.asked = asked;
    }

    @Override
    boolean one(String value) {
      if (value.equals(asked)) {
        return true;
      }
      try {
        return value.length() < 32
            && asked.length() < 32
            && new BigDecimal(value).compareTo(new BigDecimal(asked)) == 0;
      } catch (NumberFormatException e) {
        return false;
      }
    }
  }

  private static final class Range extends ValueMatch {
    private final String vr;
    private final String from;
    private final String to;

    Range(String vr, String value) {
      this.vr = vr;
      int dash = value.indexOf('-');
      boolean offset =
          vr.equals("DT")
              && dash > 4
              && value.length() - dash == 5
              && value.indexOf('-', dash + 1) < 0
              && value.substring(dash + 1).compareTo("1400") <= 0;
      if (dash < 0 || offset) {
        this.from = digits(value);
        this.to = from;
      } else {
        this.from = digits(value.substring(0, dash));
        this.to = digits(value.substring(dash + 1));
      }
    }

    @Override
    boolean one(String value) {
      String digits = digits(value);
      // Less precise ends cover all that begins with them: 1999 is the whole year.
      return (from.isEmpty() || digits.compareTo(from) >= 0)
          && (to.isEmpty() || digits.compareTo(to) <= 0 || digits.startsWith(to));
    }

    private String digits(String value) {
      int zone = vr.equals("DT") ? Math.max(value.indexOf('+'), value.indexOf('-')) : -1;
      String own = zone > 0 ? value.substring(0, zone) : value;
      for (int i = 0; i < own.length(); i++) {
        if (own.charAt(i) < '0' || own.charAt(i) > '9') {
          return own.replaceAll("[.:\\s]", "");
        }
      }
      return own;
    }
  }

  /** Any component group of the name, trailing delimiters aside (PS3.5 6.2.1). */
  private static final class Name extends ValueMatch {
    private final Glob pattern;

    Name(String value) {
      this.pattern = new Glob(trim(value), true);
    }

    @Override
    boolean one(String value) {
      if (pattern.matches(trim(value))) {
        return true;
      }
      if (value.indexOf('=') < 0) {
        return false;
      }
      for (String group : value.split("=")) {
        if (pattern.matches(trim(group))) {
          return true;
        }
      }
      return false;
    }

    private static String trim(String name) {
      int end = name.length();
      while (end > 0 && "^= \t".indexOf(name.charAt(end - 1)) >= 0) {
        end--;
      }
      return name.substring(0, end);
    }
  }

  private static final class FuzzyName extends ValueMatch {
    private final String[] words;

    FuzzyName(String value) {
      this.words =
          Soundex.words(value.toLowerCase(Locale.ROOT).replace("*", " ").replace("?", " "));
    }

    @Override
    boolean one(String value) {
      String[] own = Soundex.words(value);
      for (String word : words) {
        boolean found = false;
        for (String other : own) {
          found |= other.startsWith(word) || Soundex.code(word).equals(Soundex.code(other));
        }
        if (!found) {
          return false;
        }
      }
      return true;
    }
  }
}
