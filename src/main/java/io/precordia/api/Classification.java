package io.precordia.api;

import io.precordia.api.view.ClassifyAnswer;
import io.precordia.api.view.LabelScore;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.Encoder;
import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import io.precordia.train.eval.Calibration;
import io.precordia.train.eval.KnownVocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Zero-shot classification by prompt ensembles: softmax over labels of the cosine with each label's
 * mean prompt vector, over τ. Thread-safe.
 */
public final class Classification {
  private static final int MOST_LABELS = 100;
  private static final int MOST_PROMPTS = 50;
  private static final int CHARACTERS = 500;
  private final Encoder encoder;
  private final CalibratedLabels calibrated;

  /**
   * @param calibration of the encoder's weights
   */
  public Classification(Encoder encoder, Calibration calibration) {
    this(encoder, new CalibratedLabels(encoder, calibration));
  }

  private Classification(Encoder encoder, CalibratedLabels calibrated) {
    this.encoder = encoder;
    this.calibrated = calibrated;
  }

  /** The same by another caller of the same weights. */
  Classification by(Encoder caller) {
    return new Classification(caller, calibrated.by(caller));
  }

  /**
   * Probabilities of labels.
   *
   * @param vectors of the content, one or one for each window
   * @param labels 2 to 100, different
   * @param prompts sentences for a label; a label without its own gets the standard ones
   */
  public ClassifyAnswer classify(
      Modality modality,
      List<float[]> vectors,
      List<String> labels,
      Map<String, List<String>> prompts) {
    check(labels, prompts);
    Spaces.require(encoder, modality, Modality.REPORT);
    List<String> texts = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    for (String label : labels) {
      texts.addAll(prompts.getOrDefault(label, standard(modality, label)));
      texts.add(KnownVocabulary.sentence(label));
      ends.add(texts.size());
    }
    float[][] embedded = encoder.embedTexts(texts);
    double[] cosine = new double[labels.size()];
    List<List<float[]>> said = new ArrayList<>();
    for (int i = 0; i < cosine.length; i++) {
      int from = i == 0 ? 0 : ends.get(i - 1);
      int label = ends.get(i) - 1;
      cosine[i] = cosine(vectors, embedded, from, label);
      // a label with sentences of its own is judged by them, any other by its name
      said.add(
          prompts.containsKey(labels.get(i))
              ? Arrays.asList(embedded).subList(from, label)
              : List.of(embedded[label]));
    }
    return new ClassifyAnswer(
        Names.of(modality), scores(modality, vectors, labels, cosine, said), encoder.ref(modality));
  }

  /**
   * What the weights' calibration says of each finding that it was fitted for; empty for weights
   * without calibration.
   *
   * @param vectors of the content, one or one for each window
   */
  public List<CalibratedFinding> findings(Modality modality, List<float[]> vectors) {
    return vectors.isEmpty() ? List.of() : calibrated.findings(modality, vectors);
  }

  /** What makes the vectors of a modality. */
  public ModelRef model(Modality modality) {
    return encoder.ref(modality);
  }

  private List<LabelScore> scores(
      Modality modality,
      List<float[]> vectors,
      List<String> labels,
      double[] cosine,
      List<List<float[]>> said) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double c : cosine) {
      largest = Math.max(largest, c);
    }
    double sum = 0;
    double[] weight = new double[cosine.length];
    for (int i = 0; i < cosine.length; i++) {
      weight[i] = Math.exp((cosine[i] - largest) / encoder.temperature());
      sum += weight[i];
    }
    List<LabelScore> scores = new ArrayList<>();
    for (int i = 0; i < cosine.length; i++) {
      String label = labels.get(i);
      Optional<CalibratedLabels.Answer> answer = calibrated.answer(modality, vectors, label);
      String message = calibrated.untrained(modality, label, said.get(i));
      scores.add(
          new LabelScore(
              label,
              weight[i] / sum,
              cosine[i],
              answer.map(CalibratedLabels.Answer::presence).orElse(pairProbability(cosine[i])),
              answer.map(CalibratedLabels.Answer::decision).orElse(null),
              answer.map(CalibratedLabels.Answer::coverage).orElse(null),
              message == null ? null : Boolean.TRUE,
              message));
    }
    scores.sort(Comparator.comparingDouble(LabelScore::probability).reversed());
    return scores;
  }

  /** Of a model that gives one for each pair (SigLIP), else null. */
  private @Nullable Double pairProbability(double cosine) {
    OptionalDouble bias = encoder.logitBias();
    return bias.isEmpty()
        ? null
        : (Double) (1 / (1 + Math.exp(-(cosine / encoder.temperature() + bias.getAsDouble()))));
  }

  /**
   * Mean over the windows of the cosine with the normalised mean of the prompts from {@code from}
   * to before {@code to}.
   */
  private static double cosine(List<float[]> vectors, float[][] prompts, int from, int to) {
    double[] mean = new double[prompts[0].length];
    for (int p = from; p < to; p++) {
      for (int d = 0; d < mean.length; d++) {
        mean[d] += prompts[p][d];
      }
    }
    double square = 0;
    double dot = 0;
    for (int d = 0; d < mean.length; d++) {
      square += mean[d] * mean[d];
      for (float[] vector : vectors) {
        dot += mean[d] * vector[d];
      }
    }
    return square == 0 ? 0 : dot / Math.sqrt(square) / vectors.size();
  }

  private static List<String> standard(Modality modality, String label) {
    String kind =
        modality == Modality.ECG ? "ECG" : modality == Modality.XRAY ? "Chest X-ray" : "Report";
    return List.of(label, kind + ": " + label + ".", kind + " showing " + label + ".");
  }

  private static void check(List<String> labels, Map<String, List<String>> prompts) {
    if (labels.size() < 2
        || labels.size() > MOST_LABELS
        || new HashSet<>(labels).size() != labels.size()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "labels: 2 to " + MOST_LABELS + " different ones are needed");
    }
    if (!new HashSet<>(labels).containsAll(prompts.keySet())) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "prompts: every key must be one of the labels");
    }
    labels.forEach(Classification::checkText);
    for (List<String> sentences : prompts.values()) {
      // JSON binding lets null through where the types say there is none
      if (Objects.isNull(sentences) || sentences.isEmpty() || sentences.size() > MOST_PROMPTS) {
        throw new PrecordiaException(
            ErrorCode.INVALID_ARGUMENT, "prompts: a label may have 1 to " + MOST_PROMPTS);
      }
      sentences.forEach(Classification::checkText);
    }
  }

  private static void checkText(String text) {
    if (Objects.isNull(text) || text.isBlank() || text.length() > CHARACTERS) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "labels and prompts need 1 to " + CHARACTERS + " characters");
    }
  }
}
