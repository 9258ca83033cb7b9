package io.precordia.train.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Text to words exactly as the shipped tokenizer.json splits it: lower case, accents kept, white
 * space removed, every punctuation mark and every digit alone.
 */
final class Pretokenizer {
  private Pretokenizer() {}

  static List<String> words(String text) {
    List<String> out = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    text.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(c -> Character.isWhitespace(c) || !Character.isISOControl(c))
        .forEach(
            c -> {
              boolean space = Character.isWhitespace(c) || Character.isSpaceChar(c);
              boolean alone =
                  punctuation(c) || Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
              if (space || alone) {
                flush(word, out);
              }
              if (alone) {
                out.add(Character.toString(c));
              } else if (!space) {
                word.appendCodePoint(c);
              }
            });
    flush(word, out);
    return out;
  }

  private static void flush(StringBuilder word, List<String> out) {
    if (word.length() > 0) {
      out.add(word.toString());
      word.setLength(0);
    }
  }

  /** ASCII symbols and Unicode's P categories, as BERT counts punctuation. */
  private static boolean punctuation(int c) {
    if (c < 128) {
      return c > 32 && !Character.isLetterOrDigit(c);
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }
}
