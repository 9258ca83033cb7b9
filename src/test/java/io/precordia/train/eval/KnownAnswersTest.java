package io.precordia.train.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.precordia.study.Modality;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownAnswersTest {
  private final Fact fact = FactVocabulary.standard().get("pneumonia");

  @Test
  void studiesThatSayNothingAreLeftOut() {
    KnownAnswers known =
        KnownAnswers.of(
            fact,
            Modality.XRAY,
            List.of(
                KnownStudies.of(fact, "a", 1),
                KnownStudies.of(fact, "b", 0),
                KnownStudies.of(fact, "c", -1)),
            new double[] {0.9, 0.5, 0.1});
    assertEquals(List.of("t:a", "t:c"), known.patients());
    assertArrayEquals(new double[] {0.9, 0.1}, known.scores());
    assertArrayEquals(new boolean[] {true, false}, known.present());
    assertEquals(1, known.positives());
  }
}
