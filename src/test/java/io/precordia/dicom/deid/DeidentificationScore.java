package io.precordia.dicom.deid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The figures of docs/deidentification.md. */
@Tag("bench")
final class DeidentificationScore {
  /** Held out: no setting was chosen by looking at it. {@code -Ddeid.seed} takes another. */
  private static final long HELD_OUT = 20261127;

  @Test
  void heldOutSet() throws Exception {
    long seed = Long.getLong("deid.seed", HELD_OUT);
    int count = Integer.getInteger("deid.count", 400);
    PhiScore score =
        new PhiScore(new SubjectSecret("0123456789abcdef-test".getBytes(StandardCharsets.UTF_8)));
    SyntheticPhi set = new SyntheticPhi(seed, 28);
    for (int i = 0; i < count; i++) {
      score.add(set.make(i));
    }
    score.faults.stream().limit(Integer.getInteger("deid.faults", 40)).forEach(System.out::println);
    System.out.println("seed " + seed + ": " + score);
    assertTrue(score.accuracy() >= 0.999, "actions");
    assertEquals(0, score.left, "identifiers");
    assertTrue(score.recall() >= 0.95, "burned-in text");
    assertTrue(score.meanLung() <= 0.02, "lung");
  }
}
