package io.precordia.model.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.study.Modality;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What defines Shapley values, of random studies. */
class ModalitySharesTest {
  private static final int WIDTH = 6;

  private static Map<Modality, List<float[]>> study(Random random, int present) {
    Map<Modality, List<float[]>> out = new EnumMap<>(Modality.class);
    for (Modality m : Modality.values()) {
      if ((present >> m.ordinal() & 1) == 1) {
        out.put(m, List.of(vector(random), vector(random)).subList(0, 1 + random.nextInt(2)));
      }
    }
    return out;
  }

  private static float[] vector(Random random) {
    float[] out = new float[WIDTH];
    for (int d = 0; d < WIDTH; d++) {
      out[d] = (float) random.nextGaussian();
    }
    return out;
  }

  @Property(tries = 200, seed = "1")
  void contributionsSumToTheScoreAndSharesToOne(
      @ForAll int seed, @ForAll @IntRange(min = 1, max = 7) int present) {
    Random random = new Random(seed);
    Map<Modality, List<float[]>> study = study(random, present);
    ModalityShares shares = ModalityShares.of(study, vector(random));
    assertEquals(
        study.keySet(), Set.copyOf(shares.parts().stream().map(p -> p.modality()).toList()));
    assertEquals(
        shares.score(),
        shares.parts().stream().mapToDouble(ModalityShares.Part::contribution).sum(),
        1e-9);
    assertEquals(1, shares.parts().stream().mapToDouble(ModalityShares.Part::share).sum(), 1e-9);
    if (study.size() == 1) {
      assertEquals(shares.score(), shares.parts().getFirst().alone(), 1e-12);
    }
  }

  @Property(tries = 100, seed = "1")
  void modalitiesThatSayTheSameCountTheSame(@ForAll int seed) {
    Random random = new Random(seed);
    float[] same = vector(random);
    ModalityShares shares =
        ModalityShares.of(
            Map.of(
                Modality.XRAY, List.of(same),
                Modality.ECG, List.of(same, same),
                Modality.REPORT, List.of(vector(random))),
            vector(random));
    assertEquals(shares.parts().get(0).contribution(), shares.parts().get(1).contribution(), 1e-9);
  }

  @Property(tries = 100, seed = "1")
  void theQuerysScaleScalesEverything(@ForAll int seed) {
    Random random = new Random(seed);
    Map<Modality, List<float[]>> study = study(random, 7);
    float[] query = vector(random);
    float[] twice = query.clone();
    for (int d = 0; d < WIDTH; d++) {
      twice[d] *= 2;
    }
    ModalityShares one = ModalityShares.of(study, query);
    ModalityShares two = ModalityShares.of(study, twice);
    for (int i = 0; i < 3; i++) {
      assertEquals(2 * one.parts().get(i).contribution(), two.parts().get(i).contribution(), 1e-6);
      assertEquals(one.parts().get(i).share(), two.parts().get(i).share(), 1e-6);
    }
  }

  /** By hand: two modalities, one along the query, one against it. */
  @Property(tries = 1, seed = "1")
  void whatSpeaksAgainstCountsNegative() {
    ModalityShares shares =
        ModalityShares.of(
            Map.of(
                Modality.XRAY,
                List.of(new float[] {1, 0}),
                Modality.ECG,
                List.of(new float[] {0, 1})),
            new float[] {1, -1});
    assertEquals(0, shares.score(), 1e-12);
    assertEquals(1, shares.parts().getFirst().contribution(), 1e-12);
    assertEquals(-1, shares.parts().getLast().contribution(), 1e-12);
    assertTrue(shares.parts().getLast().alone() < 0);
  }
}
