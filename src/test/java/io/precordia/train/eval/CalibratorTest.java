package io.precordia.train.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.study.Modality;
import io.precordia.train.data.Corpora;
import io.precordia.train.data.StudySample;
import io.precordia.train.metrics.PlattScaling;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import io.precordia.train.text.SentenceTemplates;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Films of two octets: how much they look like the assertions, and how much like the denials. */
class CalibratorTest {
  private static final int EACH = 12;
  private final FactVocabulary facts = FactVocabulary.standard();
  private final Fact fact = facts.get("pneumonia");

  @Test
  void denialsThatOnlyAddNoiseDoNotCount() {
    List<StudySample> films = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      films.add(film(i, true, 60 + i, 10 * i));
      films.add(film(i, false, 40 + i, 10 * i));
    }
    assertEquals(0, fit(films).denialWeight());
  }

  @Test
  void denialsThatTellPatientsApartCount() {
    List<StudySample> films = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      films.add(film(i, true, 5 * i, 40 + 5 * i));
      films.add(film(i, false, 5 * i, 60 + 5 * i));
    }
    Calibration calibration = fit(films);
    assertEquals(1, calibration.denialWeight());
    // The probabilities are those of scores with the chosen weight.
    PlattScaling scaling = calibration.find(Modality.XRAY, "pneumonia").orElseThrow().scaling();
    assertTrue(scaling.probability(-0.40) > 0.9);
    assertTrue(scaling.probability(-0.60) < 0.1);
  }

  private Calibration fit(List<StudySample> films) {
    return new Calibrator(facts, new int[facts.all().size()], line -> {})
        .fit("val", new Corpora(List.of(), films, List.of(), List.of()), new TwoOctets());
  }

  private StudySample film(int i, boolean shows, int asserted, int denied) {
    return KnownStudies.of(
        fact, (shows ? "p" : "n") + i, shows ? 1 : -1, (byte) asserted, (byte) denied);
  }

  private final class TwoOctets implements BranchEmbedder {
    private final Set<String> denials = new HashSet<>(SentenceTemplates.denials(fact));

    @Override
    public float[][] xrays(byte[] octets, int n) {
      float[][] out = new float[n][];
      for (int i = 0; i < n; i++) {
        out[i] = new float[] {octets[2 * i] / 100f, octets[2 * i + 1] / 100f};
      }
      return out;
    }

    @Override
    public float[][] ecgs(float[] values, int n) {
      return new float[n][2];
    }

    @Override
    public float[][] texts(List<String> texts) {
      return texts.stream()
          .map(t -> denials.contains(t) ? new float[] {0, 1} : new float[] {1, 0})
          .toArray(float[][]::new);
    }
  }
}
