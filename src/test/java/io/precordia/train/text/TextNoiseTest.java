package io.precordia.train.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TextNoiseTest {
  private static final String TEXT =
      "No pleural effusion, CTR 0.45. Consolidation in the right lower zone; rate 72 bpm.";

  @Test
  void shortWordsAndNumbersStay() {
    int changed = 0;
    for (int seed = 0; seed < 600; seed++) {
      String out = TextNoise.apply(TEXT, new SplittableRandom(seed));
      changed += out.equals(TEXT) ? 0 : 1;
      for (String kept : new String[] {"No ", "CTR 0.45.", "72 bpm.", " in the "}) {
        assertTrue(out.contains(kept), out);
      }
      assertEquals(TEXT.split(" ").length, out.split(" ").length);
      assertTrue(Math.abs(out.length() - TEXT.length()) <= 8);
    }
    assertTrue(changed > 20 && changed < 140, changed + " of 600 changed");
  }
}
