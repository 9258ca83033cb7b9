package io.precordia.report;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Identifiers that are known of a patient and the people around, found again wherever they stand in
 * free text: whole words, without regard to case, accents and the German umlaut spelling.
 * Immutable.
 */
public final class KnownIdentifiers {
  /** What stands in the place of an identifier. */
  public static final String PLACEHOLDER = "[REMOVED]";

  private static final int SHORTEST_NAME = 2;
  private static final int SHORTEST_NUMBER = 4;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern SEPARATORS = Pattern.compile("[\\s^=,;.'’/\\\\-]+");
  private static final Pattern IDEOGRAPHS =
      Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}]+");

  /** Words that stand in names and in every report; alone they identify nobody. */
  private static final List<String> COMMON =
      List.of(
          "dr", "prof", "med", "md", "phd", "jr", "sr", "ii", "iii", "mr", "mrs", "ms", "miss",
          "von", "van", "de", "der", "den", "da", "di", "del", "la", "le", "el", "al", "bin", "ibn",
          "st", "the", "and", "of", "do", "to", "in", "no", "on", "an", "at");

  private final @Nullable Pattern pattern;

  private KnownIdentifiers(@Nullable Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * @param names person names as DICOM PN values or plain text; their parts count too
   * @param others numbers, addresses and other values; each counts as a whole
   */
  public static KnownIdentifiers of(Collection<String> names, Collection<String> others) {
    TreeSet<String> words = new TreeSet<>(longestFirst());
    for (String name : names) {
      for (String group : name.split("=", -1)) {
        name(group, words);
      }
    }
    for (String other : others) {
      String folded = fold(other).strip();
      if (folded.length() >= SHORTEST_NUMBER && !COMMON.contains(folded)) {
        words.add(folded);
        if (folded.matches("[\\p{Alnum}]+[-_/. ][-\\p{Alnum}_/. ]+")) {
          String joined = folded.replaceAll("[-_/. ]", "");
          if (joined.length() >= SHORTEST_NUMBER + 1) {
            words.add(joined);
          }
        }
      }
    }
    if (words.isEmpty()) {
      return new KnownIdentifiers(null);
    }
    List<String> alternatives = new ArrayList<>();
    for (String word : words) {
      String quoted = Pattern.quote(word).replaceAll(" +", "\\\\E[\\\\s_]+\\\\Q");
      alternatives.add(
          IDEOGRAPHS.matcher(word).matches()
              ? quoted
              : "(?<![\\p{L}\\p{N}])" + quoted + "(?![\\p{L}\\p{N}])");
    }
    return new KnownIdentifiers(Pattern.compile(String.join("|", alternatives)));
  }

  private static void name(String group, TreeSet<String> words) {
    String folded = fold(group);
    List<String> parts = new ArrayList<>();
    for (String component : folded.split("\\^", -1)) {
      String whole = component.strip();
      if (!whole.isEmpty()) {
        add(whole, words);
      }
      for (String part : SEPARATORS.split(component)) {
        if (!part.isBlank() && !COMMON.contains(part)) {
          parts.add(part);
          add(part, words);
        }
      }
    }
    // As file names and log-ins are made of them: family and given name without a gap.
    for (int i = 0; i + 1 < parts.size(); i++) {
      add(parts.get(i) + parts.get(i + 1), words);
      add(parts.get(i + 1) + parts.get(i), words);
    }
  }

  private static void add(String word, TreeSet<String> words) {
    boolean ideographs = IDEOGRAPHS.matcher(word).matches();
    int shortest = ideographs ? SHORTEST_NAME : SHORTEST_NAME + 1;
    if (word.length() >= shortest && !COMMON.contains(word)) {
      words.add(word);
    } else if (word.length() == SHORTEST_NAME && !COMMON.contains(word)) {
      words.add(word);
    }
  }

  private static Comparator<String> longestFirst() {
    return Comparator.comparingInt(String::length).reversed().thenComparing(s -> s);
  }

  /** The text with {@link #PLACEHOLDER} for every identifier. */
  public String redact(String text) {
    if (pattern == null || text.isBlank()) {
      return text;
    }
    Folded folded = Folded.of(text);
    Matcher m = pattern.matcher(folded.text());
    StringBuilder out = new StringBuilder();
    int done = 0;
    while (m.find()) {
      int from = folded.origin()[m.start()];
      int to = folded.origin()[m.end()];
      if (from < done) {
        continue;
      }
      out.append(text, done, from).append(PLACEHOLDER);
      done = Math.max(to, from + 1);
    }
    return done == 0 ? text : out.append(text, done, text.length()).toString();
  }

  /** Whether an identifier stands in the text. */
  public boolean in(String text) {
    return pattern != null && pattern.matcher(fold(text)).find();
  }

  private static String fold(String text) {
    return Folded.of(text).text();
  }

  /**
   * Lower case, without accents, ß as ss and umlauts as their base letter (and ae, oe, ue after it
   * as typed).
   *
   * @param origin index in the original text for each index of the folded text, and its length
   */
  private record Folded(String text, int[] origin) {
    static Folded of(String original) {
      StringBuilder out = new StringBuilder(original.length());
      int[] origin = new int[2 * original.length() + 1];
      for (int i = 0; i < original.length(); ) {
        int cp = original.codePointAt(i);
        int next = i + Character.charCount(cp);
        String piece =
            MARKS
                .matcher(Normalizer.normalize(Character.toString(cp), Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .replace("ß", "ss");
        // A Hangul syllable comes apart under NFKD; it stays whole here.
        if (Character.UnicodeScript.of(cp) == Character.UnicodeScript.HANGUL) {
          piece = Character.toString(cp);
        }
        // "Mueller" and "Müller" are one name: the e after a, o, u goes, unless a vowel follows.
        if (piece.equals("e")
            && !out.isEmpty()
            && "aou".indexOf(out.charAt(out.length() - 1)) >= 0) {
          piece = "";
        }
        for (int k = 0; k < piece.length(); k++) {
          if (out.length() + 1 >= origin.length) {
            origin = java.util.Arrays.copyOf(origin, 2 * origin.length + 8);
          }
          origin[out.length()] = i;
          out.append(piece.charAt(k));
        }
        i = next;
      }
      if (out.length() >= origin.length) {
        origin = java.util.Arrays.copyOf(origin, out.length() + 1);
      }
      origin[out.length()] = original.length();
      return new Folded(out.toString(), origin);
    }
  }
}
