package io.precordia.train.sim.text;

/** Slips of the keyboard in words that carry no finding and no negation. */
final class Typos {
  private static final String[][] SLIPS = {
    {"rhythm", "rythm"},
    {"interval", "intervall"},
    {"duration", "duraton"},
    {"with", "wiht"},
    {"complexes", "complexs"},
    {"previous", "prevoius"},
    {"leads", "leasd"},
    {"consistent", "consistant"},
    {"suggesting", "sugesting"},
    {"sinusrhythmus", "sinusrythmus"},
  };

  private Typos() {}

  /** The text with one of these words misspelt, if it holds one. */
  static String one(String text, Wording w) {
    int first = w.below(SLIPS.length);
    for (int i = 0; i < SLIPS.length; i++) {
      String[] slip = SLIPS[(first + i) % SLIPS.length];
      int at = text.indexOf(slip[0]);
      if (at >= 0) {
        return text.substring(0, at) + slip[1] + text.substring(at + slip[0].length());
      }
    }
    return text;
  }
}
