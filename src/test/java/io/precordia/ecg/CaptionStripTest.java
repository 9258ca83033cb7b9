package io.precordia.ecg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CaptionStripTest {
  private static int ink(byte[] grey) {
    int n = 0;
    for (byte b : grey) {
      n += (b & 0xFF) > 100 ? 1 : 0;
    }
    return n;
  }

  @Test
  void everyLowerCaseLetterAndDigitIsDrawnAndDiffers() {
    byte[] space = CaptionStrip.grey(40, 30, " ");
    assertEquals(0, ink(space));
    String known = "abcdefghijklmnopqrstuvwxyz0123456789.-()/";
    for (int i = 0; i < known.length(); i++) {
      byte[] one = CaptionStrip.grey(40, 30, known.substring(i, i + 1));
      assertTrue(ink(one) > 0, "no glyph for " + known.charAt(i));
      for (int j = 0; j < i; j++) {
        assertFalse(
            Arrays.equals(one, CaptionStrip.grey(40, 30, known.substring(j, j + 1))),
            known.charAt(i) + " looks like " + known.charAt(j));
      }
    }
  }

  @Test
  void aLongTextStaysWithinTheStrip() {
    byte[] grey = CaptionStrip.grey(120, 24, "incomplete right bundle branch block 0.87");
    for (int y = 0; y < 24; y++) {
      assertEquals(0, grey[y * 120 + 119]);
    }
    assertTrue(ink(grey) > 100);
  }
}
