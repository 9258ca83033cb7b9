package io.precordia.train.eval;

import io.precordia.train.data.StudySample;
import io.precordia.train.metrics.Auroc;
import io.precordia.train.metrics.AveragePrecision;
import io.precordia.train.metrics.ClusterBootstrap;
import io.precordia.train.metrics.PrecisionAtK;
import io.precordia.train.metrics.SensitivityAtSpecificity;
import io.precordia.train.text.Fact;
import java.util.List;

/** Scores of several facts over one gallery, and the figures made of them. */
public final class ScoredGallery {
  private static final int K = 10;
  private static final double SPECIFICITY = 0.95;
  private final List<String> patients;
  private final double[][] scores;
  private final boolean[][] present;

  /**
   * @param scores [questions][studies]
   * @param present [questions][studies]
   */
  public ScoredGallery(List<String> patients, double[][] scores, boolean[][] present) {
    this.patients = patients;
    this.scores = scores;
    this.present = present;
  }

  /**
   * @param denialWeight 0 for assertions alone
   */
  public static ScoredGallery of(
      Gallery gallery, List<Fact> facts, BranchEmbedder embedder, double denialWeight) {
    double[][] scores = new double[facts.size()][];
    boolean[][] present = new boolean[facts.size()][];
    for (int i = 0; i < scores.length; i++) {
      PromptEnsemble prompts = PromptEnsemble.of(facts.get(i), embedder::texts);
      scores[i] = gallery.scores(prompts.direction(denialWeight));
      present[i] = gallery.present(facts.get(i));
    }
    return new ScoredGallery(
        gallery.studies().stream().map(StudySample::patient).toList(), scores, present);
  }

  public Figure auroc(String task, int fact, ClusterBootstrap bootstrap) {
    return new Figure(
        task,
        "AUROC",
        patients.size(),
        positives(fact),
        bootstrap.interval(patients, some -> auroc(fact, some)),
        0.5);
  }

  /** Average precision; chance is the prevalence. */
  public Figure averagePrecision(String task, int fact, ClusterBootstrap bootstrap) {
    return new Figure(
        task,
        "AUPRC",
        patients.size(),
        positives(fact),
        bootstrap.interval(
            patients,
            some -> AveragePrecision.of(pick(scores[fact], some), pick(present[fact], some))),
        (double) positives(fact) / patients.size());
  }

  /** The best sensitivity at a specificity of at least 0.95. */
  public Figure sensitivity(String task, int fact, ClusterBootstrap bootstrap) {
    return new Figure(
        task,
        "sensitivity at 95 % specificity",
        patients.size(),
        positives(fact),
        bootstrap.interval(
            patients,
            some ->
                SensitivityAtSpecificity.of(
                    pick(scores[fact], some), pick(present[fact], some), SPECIFICITY)),
        1 - SPECIFICITY);
  }

  public Figure macroAuroc(String task, ClusterBootstrap bootstrap) {
    return new Figure(
        task,
        "macro AUROC",
        patients.size(),
        0,
        bootstrap.interval(
            patients,
            some -> {
              double[] areas = new double[scores.length];
              for (int f = 0; f < areas.length; f++) {
                areas[f] = auroc(f, some);
              }
              return Auroc.macro(areas);
            }),
        0.5);
  }

  public Figure precision(String task, int fact, ClusterBootstrap bootstrap) {
    return new Figure(
        task,
        "precision@10",
        patients.size(),
        positives(fact),
        bootstrap.interval(patients, some -> precision(fact, some)),
        (double) positives(fact) / patients.size());
  }

  public Figure meanPrecision(String task, ClusterBootstrap bootstrap) {
    double chance = 0;
    for (int f = 0; f < scores.length; f++) {
      chance += (double) positives(f) / patients.size() / scores.length;
    }
    return new Figure(
        task,
        "mean precision@10",
        patients.size(),
        0,
        bootstrap.interval(
            patients,
            some -> {
              double sum = 0;
              for (int f = 0; f < scores.length; f++) {
                sum += precision(f, some);
              }
              return sum / scores.length;
            }),
        chance);
  }

  /** Studies that show the fact. */
  public int positives(int fact) {
    int n = 0;
    for (boolean p : present[fact]) {
      n += p ? 1 : 0;
    }
    return n;
  }

  private double auroc(int fact, int[] some) {
    return Auroc.of(pick(scores[fact], some), pick(present[fact], some));
  }

  private double precision(int fact, int[] some) {
    return PrecisionAtK.of(pick(scores[fact], some), pick(present[fact], some), K);
  }

  private static double[] pick(double[] from, int[] some) {
    double[] out = new double[some.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = from[some[i]];
    }
    return out;
  }

  private static boolean[] pick(boolean[] from, int[] some) {
    boolean[] out = new boolean[some.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = from[some[i]];
    }
    return out;
  }
}
