package io.precordia.train.text;

import java.util.SplittableRandom;

/**
 * Typing errors as dictated and typed reports have them: in one text of six, now and then two
 * letters swapped, one lost or one doubled. Words of fewer than five letters and anything with a
 * digit stay as they are, so that no statement changes.
 */
public final class TextNoise {
  private static final int SHORTEST = 5;

  private TextNoise() {}

  public static String apply(String text, SplittableRandom random) {
    if (random.nextInt(6) != 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 4);
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || !Character.isLetterOrDigit(text.charAt(i))) {
        word(text.substring(start, i), random, out);
        if (i < text.length()) {
          out.append(text.charAt(i));
        }
        start = i + 1;
      }
    }
    return out.toString();
  }

  private static void word(String word, SplittableRandom random, StringBuilder out) {
    boolean spared = word.length() < SHORTEST || !word.chars().allMatch(Character::isLetter);
    if (spared || random.nextInt(12) != 0) {
      out.append(word);
      return;
    }
    int at = 1 + random.nextInt(word.length() - 2);
    char here = word.charAt(at);
    char next = word.charAt(at + 1);
    out.append(word, 0, at);
    switch (random.nextInt(3)) {
      case 0 -> out.append(next).append(here).append(word, at + 2, word.length());
      case 1 -> out.append(word, at + 1, word.length());
      default -> out.append(here).append(word, at, word.length());
    }
  }
}
