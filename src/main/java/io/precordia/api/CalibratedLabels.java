package io.precordia.api;

import io.precordia.model.Encoder;
import io.precordia.study.Modality;
import io.precordia.train.eval.Calibration;
import io.precordia.train.eval.KnownVocabulary;
import io.precordia.train.eval.PromptEnsemble;
import io.precordia.train.metrics.Abstention;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the calibration of an encoder's weights says of a label: the probability that the finding is
 * there, what is decided by it, and whether the label was trained at all. Thread-safe; directions
 * and the vocabulary's vectors are computed once, when they are first needed.
 */
final class CalibratedLabels {
  private final Encoder encoder;
  private final Calibration calibration;
  private final Map<String, float[]> directions;
  private final Map<Modality, float[][]> vocabularies;

  CalibratedLabels(Encoder encoder, Calibration calibration) {
    this(
        encoder,
        calibration,
        new ConcurrentHashMap<>(),
        Collections.synchronizedMap(new EnumMap<>(Modality.class)));
  }

  private CalibratedLabels(
      Encoder encoder,
      Calibration calibration,
      Map<String, float[]> directions,
      Map<Modality, float[][]> vocabularies) {
    this.encoder = encoder;
    this.calibration = calibration;
    this.directions = directions;
    this.vocabularies = vocabularies;
  }

  /** The same by another caller of the same weights; what is computed is shared. */
  CalibratedLabels by(Encoder caller) {
    return new CalibratedLabels(caller, calibration, directions, vocabularies);
  }

  /**
   * @param presence probability that the finding is there
   * @param decision null if the weights carry no threshold
   * @param coverage that the threshold was chosen for, null without one
   */
  record Answer(double presence, @Nullable String decision, @Nullable Double coverage) {}

  /** Empty for a label that is not calibrated. */
  Optional<Answer> answer(Modality modality, List<float[]> vectors, String label) {
    return calibration.find(modality, label).map(known -> answer(known, vectors));
  }

  private Answer answer(Calibration.Label known, List<float[]> vectors) {
    double presence = calibration.presence(known, label -> score(vectors, direction(label)));
    Abstention abstention = known.abstention();
    var decision = known.decision(presence);
    return new Answer(
        presence,
        decision == null ? null : decision.word(),
        abstention == null ? null : (Double) abstention.coverage());
  }

  /** Every finding of the modality that is calibrated, in the calibration's order. */
  List<CalibratedFinding> findings(Modality modality, List<float[]> vectors) {
    return calibration.labels().stream()
        .filter(known -> known.modality() == modality)
        .map(
            known -> {
              Answer answer = answer(known, vectors);
              return new CalibratedFinding(
                  known.fact(),
                  known.names().isEmpty() ? known.fact() : known.names().getFirst(),
                  answer.presence(),
                  answer.decision(),
                  answer.coverage());
            })
        .toList();
  }

  /**
   * Why the scores of a label mean nothing; null if they do or nothing is known about it.
   *
   * @param prompts unit vectors of the label's sentences
   */
  @Nullable String untrained(Modality modality, String label, List<float[]> prompts) {
    if (calibration.find(modality, label).isPresent()) {
      return null;
    }
    return calibration
        .vocabulary(modality)
        .filter(known -> nearest(known, prompts) < known.threshold())
        .map(
            known ->
                "not trained for this label: its text is far from all "
                    + known.phrases().size()
                    + " wordings that the model was trained on; do not use its score")
        .orElse(null);
  }

  private double nearest(KnownVocabulary known, List<float[]> prompts) {
    float[][] vectors =
        vocabularies.computeIfAbsent(known.modality(), m -> known.embedded(encoder::embedTexts));
    double best = -1;
    for (float[] prompt : prompts) {
      best = Math.max(best, KnownVocabulary.nearest(prompt, vectors));
    }
    return best;
  }

  private float[] direction(Calibration.Label known) {
    return directions.computeIfAbsent(
        known.fact(),
        fact ->
            PromptEnsemble.of(known.assertions(), known.denials(), encoder::embedTexts)
                .direction(calibration.denialWeight()));
  }

  private static double score(List<float[]> vectors, float[] direction) {
    double score = 0;
    for (float[] vector : vectors) {
      for (int d = 0; d < direction.length; d++) {
        score += (double) vector[d] * direction[d] / vectors.size();
      }
    }
    return score;
  }
}
