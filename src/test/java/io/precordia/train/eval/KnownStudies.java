package io.precordia.train.eval;

import io.precordia.train.data.StudySample;
import io.precordia.train.text.Fact;
import io.precordia.train.text.Knowledge;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Studies of which only the answer to one question is known. */
final class KnownStudies {
  private KnownStudies() {}

  /**
   * @param patient also the study's id, in the source {@code t}
   * @param answer the fact is present (1), absent (−1) or unknown (0)
   * @param xray the radiograph's octets
   */
  static StudySample of(Fact fact, String patient, int answer, byte... xray) {
    BitSet present = new BitSet();
    BitSet absent = new BitSet();
    present.set(fact.index(), answer > 0);
    absent.set(fact.index(), answer < 0);
    Knowledge about = new Knowledge(present, absent);
    return new StudySample(
        "t",
        patient,
        patient,
        "",
        xray,
        new short[0],
        about,
        about,
        List.of(),
        List.of(),
        "",
        Map.of());
  }
}
