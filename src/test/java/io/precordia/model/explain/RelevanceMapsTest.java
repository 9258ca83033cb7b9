package io.precordia.model.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RelevanceMapsTest {
  @Test
  void theCentreOfACellKeepsItsValueAndBetweenThemItIsLinear() {
    XrayRelevance map = XrayRelevance.of(new float[] {0, 1, 2, 3}, 2, 2);
    float[] pixels = map.pixels(6, 4);
    // centres of the cells lie at columns 1 and 4, between rows 0 and 1, and 2 and 3
    assertEquals(0, pixels[1]);
    assertEquals(1, pixels[5]);
    assertEquals(0.5 / 3 * 2, pixels[6 + 1], 0.2);
    assertEquals(3, pixels[3 * 6 + 5]);
  }

  @Test
  void normalisedMapsHaveTheirLargestValueAtOne() {
    assertArrayEquals(
        new float[] {0.25f, 1}, XrayRelevance.of(new float[] {1, 4}, 1, 2).normalised().cells()[0]);
    assertArrayEquals(new float[2], XrayRelevance.of(new float[2], 1, 2).normalised().cells()[0]);
    EcgRelevance ecg = new EcgRelevance(new float[][] {{0, 2}, {8, 0}}, 100);
    assertArrayEquals(new float[] {1, 0}, ecg.normalised().leads()[1]);
    assertArrayEquals(new float[] {0.2f, 0.8f}, ecg.leadShares(), 1e-6f);
  }

  @Test
  void aTokenOfAnEcgMarksTheSamplesThatItSees() {
    float[] tokens = new float[196];
    tokens[40] = 1;
    float[] time = TokenTimes.spread(tokens, 1000);
    int first = 0;
    while (time[first] == 0) {
      first++;
    }
    int last = 999;
    while (time[last] == 0) {
      last--;
    }
    assertEquals(200, first);
    assertEquals(224, last);
    assertTrue(time[212] > time[202]);
    float[] all = new float[196];
    Arrays.fill(all, 3);
    for (float v : TokenTimes.spread(all, 1000)) {
      assertEquals(3, v, 1e-5);
    }
  }

  @Test
  void aBlurredFilmKeepsAConstantAndSpreadsASpot() {
    float[] flat = new float[400];
    Arrays.fill(flat, 0.5f);
    assertArrayEquals(flat, SoftFilm.of(flat, 20, 4), 1e-6f);
    float[] spot = new float[400];
    spot[10 * 20 + 10] = 1;
    float[] soft = SoftFilm.of(spot, 20, 2);
    assertTrue(soft[10 * 20 + 10] < 0.2 && soft[10 * 20 + 12] > 0, "spread");
    double sum = 0;
    for (float v : soft) {
      sum += v;
    }
    assertEquals(1, sum, 1e-4);
  }
}
