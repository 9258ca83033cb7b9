package io.precordia.dicom.query;

import java.util.Locale;

/** Wild card matching (PS3.4 C.2.2.2.4): {@code *} any run, {@code ?} one character. Immutable. */
final class Glob {
  private final String pattern;
  private final boolean ignoreCase;

  Glob(String pattern, boolean ignoreCase) {
    this.pattern = ignoreCase ? fold(pattern) : pattern;
    this.ignoreCase = ignoreCase;
  }

  /** Takes at most the product of both lengths in steps, whatever the pattern. */
  boolean matches(String text) {
    String value = ignoreCase ? fold(text) : text;
    int p = 0;
    int v = 0;
    int star = -1;
    int resume = 0;
    while (v < value.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = v;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == value.charAt(v))) {
        p++;
        v++;
      } else if (star >= 0) {
        p = star + 1;
        v = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private static String fold(String text) {
    return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
