package io.precordia.model.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Products of attention, worked out by hand. */
final class RolloutTest {
  private static final float[] FIRST = {0.2f, 0.8f, 0, 0, 0.5f, 0.5f, 0, 0, 1};
  private static final float[] SECOND = {0, 0.5f, 0.5f, 0, 1, 0, 0, 0, 1};

  @Test
  void plainRolloutIsTheProductOfHalfIdentityAndAttention() {
    // class row of the last: (.5, .25, .25); times the first with (.6, .4, 0) (0, .75, .25) (0, 0,
    // 1)
    assertArrayEquals(
        new float[] {0.5f * 0.4f + 0.25f * 0.75f, 0.25f * 0.25f + 0.25f},
        Rollout.plain(List.of(FIRST, SECOND), 1, 3),
        1e-6f);
  }

  @Test
  void plainRolloutOfEqualHeadsIsThatOfOne() {
    float[] twice = new float[18];
    System.arraycopy(FIRST, 0, twice, 0, 9);
    System.arraycopy(FIRST, 0, twice, 9, 9);
    assertArrayEquals(
        Rollout.plain(List.of(FIRST), 1, 3), Rollout.plain(List.of(twice), 2, 3), 1e-7f);
  }

  @Test
  void weightedRolloutKeepsWhatAgreesAndDropsWhatDoesNot() {
    float[] gradient = {0, 2, -1, 0, 0, 3, 0, 0, 0};
    float[] relevance = {5, 0.5f, 7, 0, 0, 1, 0, 0, 0};
    // one layer: I + max(0, g r): class row (1, 1, 0)
    assertArrayEquals(
        new float[] {1, 0}, Rollout.weighted(List.of(gradient), List.of(relevance), 1, 3), 1e-6f);
    // two layers: (1, 1, 0) times rows (1, 1, 0) (0, 1, 3) (0, 0, 1)
    assertArrayEquals(
        new float[] {2, 3},
        Rollout.weighted(List.of(gradient, gradient), List.of(relevance, relevance), 1, 3),
        1e-6f);
  }

  @Test
  void withoutGradientThereIsNoMap() {
    float[] none = new float[9];
    for (float v : Rollout.weighted(List.of(none, none), List.of(FIRST, SECOND), 1, 3)) {
      assertEquals(0, v);
    }
  }
}
