package io.precordia.train.sim.text;

import io.precordia.train.sim.state.SimRandom;
import java.util.List;
import java.util.Locale;

/** Chooses among equal phrasings. */
final class Wording {
  private final SimRandom r;

  Wording(SimRandom random) {
    this.r = random;
  }

  String one(String... phrases) {
    return phrases[r.below(phrases.length)];
  }

  int below(int bound) {
    return r.below(bound);
  }

  boolean chance(double probability) {
    return r.chance(probability);
  }

  /** A sentence: capital at the start, full stop at the end. */
  static String sentence(String phrase) {
    return phrase.substring(0, 1).toUpperCase(Locale.ROOT)
        + phrase.substring(1)
        + (phrase.endsWith(".") ? "" : ".");
  }

  static String paragraph(List<String> phrases) {
    StringBuilder out = new StringBuilder();
    for (String p : phrases) {
      if (out.length() > 0) {
        out.append(' ');
      }
      out.append(sentence(p));
    }
    return out.toString();
  }

  /** "a", "a and b", "a, b and c", with another conjunction if wanted. */
  static String list(List<String> items, String conjunction) {
    if (items.size() == 1) {
      return items.getFirst();
    }
    return String.join(", ", items.subList(0, items.size() - 1))
        + " "
        + conjunction
        + " "
        + items.getLast();
  }

  /** One decimal, always with a point. */
  static String decimal(double value) {
    long tenths = Math.round(value * 10);
    return tenths / 10 + "." + tenths % 10;
  }

  /** Shuffles in place. */
  void shuffle(List<String> items) {
    for (int i = items.size() - 1; i > 0; i--) {
      int j = r.below(i + 1);
      String t = items.get(i);
      items.set(i, items.get(j));
      items.set(j, t);
    }
  }
}
