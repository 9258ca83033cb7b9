package io.precordia.train.eval;

import io.precordia.train.metrics.Abstention;
import io.precordia.train.metrics.CalibrationError;
import io.precordia.train.metrics.ClusterBootstrap;
import io.precordia.train.metrics.ReliabilityBin;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far the probabilities of a model folder's calibration are from the frequencies in real
 * studies that it was not fitted on, and how much the error rate falls where it abstains: per fact
 * and pooled over the facts of a modality.
 */
public final class CalibrationCheck {
  private static final int BINS = 10;
  private static final int LEAST = 10;
  private final FactVocabulary facts;
  private final Calibration calibration;
  private final ClusterBootstrap bootstrap;

  public CalibrationCheck(
      FactVocabulary facts, Calibration calibration, ClusterBootstrap bootstrap) {
    this.facts = facts;
    this.calibration = calibration;
    this.bootstrap = bootstrap;
  }

  /**
   * @param figures pooled first, then each fact with at least 10 positives
   * @param bins reliability over all facts pooled
   */
  public record Checked(List<Figure> figures, List<ReliabilityBin> bins) {}

  /**
   * @param set name of the studies in the figures
   */
  public Checked check(String set, Gallery gallery, BranchEmbedder embedder) {
    JudgedAnswers pooled = new JudgedAnswers();
    List<Figure> single = new ArrayList<>();
    Map<Fact, Calibration.Label> calibrated = new LinkedHashMap<>();
    Map<String, double[]> scores = new HashMap<>();
    for (Fact fact : facts.of(gallery.modality())) {
      calibration.labels().stream()
          .filter(l -> l.modality() == gallery.modality() && l.fact().equals(fact.id()))
          .findFirst()
          .ifPresent(
              label -> {
                calibrated.put(fact, label);
                scores.put(
                    fact.id(),
                    gallery.scores(
                        PromptEnsemble.of(fact, embedder::texts)
                            .direction(calibration.denialWeight())));
              });
    }
    calibrated.forEach(
        (fact, label) -> {
          double[] presence = calibration.presences(label, scores);
          KnownAnswers known =
              KnownAnswers.of(fact, gallery.modality(), gallery.studies(), presence);
          JudgedAnswers own = new JudgedAnswers();
          Abstention abstention = label.abstention();
          for (int i = 0; i < known.scores().length; i++) {
            boolean answered = abstention == null || abstention.answers(known.scores()[i]);
            for (JudgedAnswers to : List.of(own, pooled)) {
              to.add(known.patients().get(i), known.scores()[i], known.present()[i], answered);
            }
          }
          if (known.positives() >= LEAST) {
            single.addAll(figures(set + ", " + fact.id(), own));
          }
        });
    if (pooled.size() == 0) {
      return new Checked(List.of(), List.of());
    }
    List<Figure> out = new ArrayList<>(figures(set + ", all labels pooled", pooled));
    out.addAll(single);
    return new Checked(out, ReliabilityBin.of(pooled.probabilities(), pooled.present(), BINS));
  }

  private List<Figure> figures(String task, JudgedAnswers a) {
    double[] p = a.probabilities();
    boolean[] present = a.present();
    boolean[] answered = a.answered();
    int positives = a.positives();
    List<Figure> out = new ArrayList<>();
    out.add(
        new Figure(
            task,
            "ECE (10 bins)",
            a.size(),
            positives,
            bootstrap.interval(a.patients(), some -> ece(some, p, present)),
            0));
    out.add(
        new Figure(
            task,
            "error rate, all answered",
            a.size(),
            positives,
            bootstrap.interval(a.patients(), some -> errors(some, p, present, null)),
            (double) Math.min(positives, a.size() - positives) / a.size()));
    out.add(
        new Figure(
            task,
            "error rate with abstention",
            a.size(),
            positives,
            bootstrap.interval(a.patients(), some -> errors(some, p, present, answered)),
            Double.NaN));
    out.add(
        new Figure(
            task,
            "coverage with abstention",
            a.size(),
            positives,
            bootstrap.interval(a.patients(), some -> share(some, answered)),
            Double.NaN));
    return out;
  }

  private static double ece(int[] some, double[] p, boolean[] present) {
    double[] values = new double[some.length];
    boolean[] answers = new boolean[some.length];
    for (int i = 0; i < some.length; i++) {
      values[i] = p[some[i]];
      answers[i] = present[some[i]];
    }
    return CalibrationError.expected(values, answers, BINS);
  }

  /** Share of the answers that are wrong at one half, among the answered ones. */
  private static double errors(
      int[] some, double[] p, boolean[] present, boolean @org.jspecify.annotations.Nullable [] of) {
    int wrong = 0;
    int asked = 0;
    for (int i : some) {
      if (of == null || of[i]) {
        asked++;
        wrong += p[i] >= 0.5 == present[i] ? 0 : 1;
      }
    }
    return asked == 0 ? Double.NaN : (double) wrong / asked;
  }

  private static double share(int[] some, boolean[] answered) {
    int n = 0;
    for (int i : some) {
      n += answered[i] ? 1 : 0;
    }
    return some.length == 0 ? Double.NaN : (double) n / some.length;
  }
}
