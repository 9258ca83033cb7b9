package io.precordia.train.eval;

import io.precordia.study.Modality;
import io.precordia.train.data.Corpora;
import io.precordia.train.data.StudySample;
import io.precordia.train.metrics.CalibrationError;
import io.precordia.train.metrics.ClusterBootstrap;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far the probabilities of a model folder's calibration are from the frequencies in real
 * studies that it was not fitted on: expected calibration error over ten bins, per fact and pooled.
 */
final class CalibrationCheck {
  private static final int BINS = 10;
  private static final int LEAST = 10;
  private final FactVocabulary facts;
  private final Calibration calibration;
  private final ClusterBootstrap bootstrap;

  CalibrationCheck(FactVocabulary facts, Calibration calibration, ClusterBootstrap bootstrap) {
    this.facts = facts;
    this.calibration = calibration;
    this.bootstrap = bootstrap;
  }

  List<Figure> figures(Corpora data, BranchEmbedder embedder) {
    List<StudySample> films = new ArrayList<>(data.kermany());
    films.addAll(data.nih());
    List<Figure> out = new ArrayList<>();
    check("real X-rays", Modality.XRAY, films, embedder, out);
    check("PTB-XL", Modality.ECG, data.ptbxl(), embedder, out);
    return out;
  }

  private void check(
      String set,
      Modality modality,
      List<StudySample> studies,
      BranchEmbedder embedder,
      List<Figure> out) {
    if (studies.isEmpty()) {
      return;
    }
    Gallery gallery = Gallery.of(modality, studies, embedder);
    List<String> patients = new ArrayList<>();
    List<Double> probabilities = new ArrayList<>();
    List<Boolean> present = new ArrayList<>();
    List<Figure> single = new ArrayList<>();
    for (Fact fact : facts.of(modality)) {
      Optional<Calibration.Label> label =
          calibration.labels().stream()
              .filter(l -> l.modality() == modality && l.fact().equals(fact.id()))
              .findFirst();
      if (label.isEmpty()) {
        continue;
      }
      double[] scores = gallery.scores(PromptEnsemble.of(fact, embedder).contrast());
      for (int i = 0; i < scores.length; i++) {
        scores[i] = label.get().scaling().probability(scores[i]);
      }
      KnownAnswers known = KnownAnswers.of(fact, modality, studies, scores);
      for (int i = 0; i < known.scores().length; i++) {
        patients.add(known.patients().get(i));
        probabilities.add(known.scores()[i]);
        present.add(known.present()[i]);
      }
      if (known.positives() >= LEAST) {
        single.add(
            figure(
                "calibration, " + set + ", " + fact.id(),
                known.patients(),
                known.scores(),
                known.present()));
      }
    }
    boolean[] pooled = new boolean[present.size()];
    for (int i = 0; i < pooled.length; i++) {
      pooled[i] = present.get(i);
    }
    out.add(
        figure(
            "calibration, " + set + ", all labels pooled",
            patients,
            probabilities.stream().mapToDouble(Double::doubleValue).toArray(),
            pooled));
    out.addAll(single);
  }

  private Figure figure(
      String task, List<String> patients, double[] probabilities, boolean[] present) {
    int positives = 0;
    for (boolean p : present) {
      positives += p ? 1 : 0;
    }
    return new Figure(
        task,
        "ECE (10 bins)",
        probabilities.length,
        positives,
        bootstrap.interval(
            patients,
            some -> {
              double[] values = new double[some.length];
              boolean[] answers = new boolean[some.length];
              for (int i = 0; i < some.length; i++) {
                values[i] = probabilities[some[i]];
                answers[i] = present[some[i]];
              }
              return CalibrationError.expected(values, answers, BINS);
            }),
        0);
  }
}
