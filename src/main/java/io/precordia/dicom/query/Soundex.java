package io.precordia.dicom.query;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * American Soundex of Latin words (NARA, General Information Leaflet 55); others stand for
 * themselves.
 */
final class Soundex {
  private static final String CODES = "01230120022455012623010202"; // a to z; 0: not coded

  private Soundex() {}

  /** The words of a name, lower case and without accents. */
  static String[] words(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT);
    return Arrays.stream(plain.split("[\\^=\\s,.'-]+"))
        .filter(w -> !w.isEmpty())
        .toArray(String[]::new);
  }

  /** Code of a word as {@link #words} gives it. */
  static String code(String word) {
    if (word.isEmpty() || !word.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
      return word;
    }
    StringBuilder out = new StringBuilder().append(word.charAt(0));
    char last = digit(word.charAt(0));
    for (int i = 1; i < word.length() && out.length() < 4; i++) {
      char c = word.charAt(i);
      char digit = digit(c);
      if (digit != '0' && digit != last) {
        out.append(digit);
      }
      if (c != 'h' && c != 'w') {
        last = digit;
      }
    }
    return out.append("000", 0, 4 - out.length()).toString();
  }

  private static char digit(char letter) {
    return CODES.charAt(letter - 'a');
  }
}
