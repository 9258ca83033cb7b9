package io.precordia.train.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Learns a WordPiece vocabulary by merging the most frequent adjacent pieces, ties in code-point
 * order, so the same corpus gives the same vocabulary everywhere. Continuation pieces carry {@code
 * ##}.
 */
public final class WordPieceTrainer {
  /** Padding, unknown, start and end; ids 0 to 3. */
  public static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]");

  private static final String CONTINUATION = "##";
  private static final String ALPHABET =
      "abcdefghijklmnopqrstuvwxyz0123456789äöüßåéèáçñøæ!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~°µ²";

  private final int size;
  private final long minCount;

  /**
   * @param size largest number of pieces
   * @param minCount a pair must be seen this often to be merged
   */
  public WordPieceTrainer(int size, long minCount) {
    this.size = size;
    this.minCount = minCount;
  }

  private record Pair(String left, String right) {}

  private static final class Word {
    final List<String> pieces;
    final long count;

    Word(List<String> pieces, long count) {
      this.pieces = pieces;
      this.count = count;
    }
  }

  /** Pieces by id. */
  public List<String> train(Iterable<String> corpus) {
    Map<String, Long> counts = new TreeMap<>();
    for (String text : corpus) {
      Pretokenizer.words(text).forEach(w -> counts.merge(w, 1L, Long::sum));
    }
    List<Word> words = new ArrayList<>();
    counts.forEach((word, count) -> words.add(new Word(split(word), count)));
    Set<String> vocabulary = new LinkedHashSet<>(SPECIAL);
    Set<String> letters = new TreeSet<>();
    ALPHABET.codePoints().forEach(c -> letters.add(Character.toString(c)));
    counts.keySet().forEach(w -> w.codePoints().forEach(c -> letters.add(Character.toString(c))));
    vocabulary.addAll(letters);
    letters.forEach(l -> vocabulary.add(CONTINUATION + l));
    while (vocabulary.size() < size) {
      Pair best = best(words);
      if (best == null) {
        break;
      }
      String merged = merged(best);
      vocabulary.add(merged);
      words.forEach(w -> merge(w.pieces, best, merged));
    }
    return List.copyOf(vocabulary);
  }

  private static List<String> split(String word) {
    List<String> out = new ArrayList<>();
    word.codePoints()
        .forEach(c -> out.add((out.isEmpty() ? "" : CONTINUATION) + Character.toString(c)));
    return out;
  }

  private @org.jspecify.annotations.Nullable Pair best(List<Word> words) {
    Map<Pair, Long> pairs = new HashMap<>();
    for (Word w : words) {
      for (int i = 1; i < w.pieces.size(); i++) {
        pairs.merge(new Pair(w.pieces.get(i - 1), w.pieces.get(i)), w.count, Long::sum);
      }
    }
    return pairs.entrySet().stream()
        .filter(e -> e.getValue() >= minCount)
        .min(
            Comparator.<Map.Entry<Pair, Long>>comparingLong(e -> -e.getValue())
                .thenComparing(e -> e.getKey().left())
                .thenComparing(e -> e.getKey().right()))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private static String merged(Pair pair) {
    return pair.left() + pair.right().substring(CONTINUATION.length());
  }

  private static void merge(List<String> pieces, Pair pair, String merged) {
    for (int i = 1; i < pieces.size(); i++) {
      if (pieces.get(i).equals(pair.right()) && pieces.get(i - 1).equals(pair.left())) {
        pieces.set(i - 1, merged);
        pieces.remove(i);
      }
    }
  }
}
