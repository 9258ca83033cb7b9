package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Projection;
import io.precordia.train.sim.state.SimRandom;
import java.util.Map;

/**
 * Side markers, projection text and collimated borders. Their presence does not depend on any
 * finding.
 */
final class Marking {
  private static final Map<Character, String> GLYPHS =
      Map.ofEntries(
          Map.entry('L', "10000 10000 10000 10000 10000 10000 11111"),
          Map.entry('R', "11110 10001 10001 11110 10100 10010 10001"),
          Map.entry('A', "01110 10001 10001 11111 10001 10001 10001"),
          Map.entry('P', "11110 10001 10001 11110 10000 10000 10000"),
          Map.entry('S', "01111 10000 10000 01110 00001 00001 11110"),
          Map.entry('U', "10001 10001 10001 10001 10001 10001 01110"),
          Map.entry('I', "01110 00100 00100 00100 00100 00100 01110"),
          Map.entry('N', "10001 11001 10101 10011 10001 10001 10001"),
          Map.entry('E', "11111 10000 10000 11110 10000 10000 11111"),
          Map.entry('O', "01110 10001 10001 10001 10001 10001 01110"),
          Map.entry('T', "11111 00100 00100 00100 00100 00100 00100"),
          Map.entry('B', "11110 10001 10001 11110 10001 10001 11110"));

  private Marking() {}

  static void apply(float[] v, int size, ChestState state) {
    SimRandom r = state.random("marking");
    if (r.chance(0.35)) {
      border(v, size, r);
    }
    double scale = size / 224.0 * r.range(1.0, 2.2);
    boolean left = r.chance(0.7);
    double x = left ? r.range(0.86, 0.93) : r.range(0.04, 0.09);
    double y = r.range(0.04, 0.16);
    if (r.chance(0.9)) {
      text(v, size, left ? "L" : "R", x * size, y * size, scale, (float) r.range(0.85, 1.0));
    }
    if (state.projection() == Projection.AP && r.chance(0.4)) {
      String word = state.technique().supine() ? "SUPINE" : r.chance(0.5) ? "AP" : "PORTABLE";
      text(v, size, word, (left ? 0.62 : 0.12) * size, y * size, scale * 0.6, 0.9f);
    }
  }

  private static void border(float[] v, int size, SimRandom r) {
    int[] width = new int[4];
    for (int i = 0; i < 4; i++) {
      width[i] = r.chance(0.5) ? 0 : (int) (size * r.range(0.005, 0.045));
    }
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        if (row < width[0]
            || row >= size - width[1]
            || column < width[2]
            || column >= size - width[3]) {
          v[row * size + column] = -0.05f;
        }
      }
    }
  }

  private static void text(
      float[] v, int size, String word, double x, double y, double scale, float grey) {
    for (int k = 0; k < word.length(); k++) {
      String glyph = GLYPHS.getOrDefault(word.charAt(k), "");
      for (int gy = 0; gy < 7; gy++) {
        for (int gx = 0; gx < 5; gx++) {
          if (glyph.charAt(gy * 6 + gx) == '1') {
            dot(v, size, x + (k * 6 + gx) * scale, y + gy * scale, scale, grey);
          }
        }
      }
    }
  }

  private static void dot(float[] v, int size, double x, double y, double scale, float grey) {
    for (int row = (int) y; row < y + scale; row++) {
      for (int column = (int) x; column < x + scale; column++) {
        if (row >= 0 && row < size && column >= 0 && column < size) {
          v[row * size + column] = Math.max(v[row * size + column], grey);
        }
      }
    }
  }
}
