package io.precordia.train.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.precordia.study.Modality;
import io.precordia.train.data.StudySample;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import io.precordia.train.text.Knowledge;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownAnswersTest {
  private final Fact fact = FactVocabulary.standard().get("pneumonia");

  @Test
  void studiesThatSayNothingAreLeftOut() {
    KnownAnswers known =
        KnownAnswers.of(
            fact,
            Modality.XRAY,
            List.of(study("a", 1), study("b", 0), study("c", -1)),
            new double[] {0.9, 0.5, 0.1});
    assertEquals(List.of("t:a", "t:c"), known.patients());
    assertArrayEquals(new double[] {0.9, 0.1}, known.scores());
    assertArrayEquals(new boolean[] {true, false}, known.present());
    assertEquals(1, known.positives());
  }

  /** A study where the fact is present (1), absent (−1) or unknown (0). */
  private StudySample study(String patient, int answer) {
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
        new byte[0],
        new short[0],
        about,
        about,
        List.of(),
        List.of(),
        "",
        Map.of());
  }
}
