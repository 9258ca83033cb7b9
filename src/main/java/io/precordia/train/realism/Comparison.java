package io.precordia.train.realism;

import io.precordia.train.data.StudySample;
import io.precordia.train.eval.Figure;
import io.precordia.train.metrics.Auroc;
import io.precordia.train.metrics.ClusterBootstrap;
import io.precordia.train.metrics.Interval;
import io.precordia.train.metrics.KolmogorovSmirnov;
import io.precordia.train.probe.CrossValidated;
import io.precordia.train.probe.ProbeSet;
import io.precordia.train.recipe.RealismRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Two sources held against each other. */
final class Comparison {
  private final RealismRecipe recipe;

  Comparison(RealismRecipe recipe) {
    this.recipe = recipe;
  }

  /** AUROC of a linear classifier that tells the sources apart: 0.5 if it cannot. */
  Figure separability(Source one, Source other) {
    List<String> patients = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    int n = one.studies().size() + other.studies().size();
    float[][] features = new float[n][];
    boolean[] second = new boolean[n];
    for (int i = 0; i < n; i++) {
      boolean right = i >= one.studies().size();
      Source from = right ? other : one;
      int at = right ? i - one.studies().size() : i;
      patients.add(from.studies().get(at).patient());
      groups.add("");
      features[i] = from.features()[at];
      second[i] = right;
    }
    double[] scores =
        CrossValidated.scores(
            new ProbeSet(patients, groups, features, second),
            recipe.folds(),
            recipe.lambda(),
            recipe.seed());
    Interval value =
        new ClusterBootstrap(recipe.resamples(), recipe.seed())
            .interval(patients, some -> area(scores, second, some));
    return new Figure(
        one.name() + " against " + other.name(),
        "AUROC of the domain classifier",
        n,
        other.studies().size(),
        value,
        0.5);
  }

  private static double area(double[] scores, boolean[] second, int[] some) {
    double[] s = new double[some.length];
    boolean[] p = new boolean[some.length];
    for (int i = 0; i < some.length; i++) {
      s[i] = scores[some[i]];
      p[i] = second[some[i]];
    }
    return Auroc.of(s, p);
  }

  /** Means of each statistic in both sources and the distance of their distributions. */
  List<Figure> statistics(
      Source real, Source simulated, Function<StudySample, Map<String, Double>> of) {
    List<Map<String, Double>> a = real.studies().stream().parallel().map(of).toList();
    List<Map<String, Double>> b = simulated.studies().stream().parallel().map(of).toList();
    List<Figure> out = new ArrayList<>();
    for (String name : a.getFirst().keySet()) {
      double[] x = values(a, name);
      double[] y = values(b, name);
      String row = real.name() + ": " + name;
      int n = x.length + y.length;
      out.add(figure(row, "real: mean", n, mean(x)));
      out.add(figure(row, "deviation", n, deviation(x)));
      out.add(figure(row, "simulated: mean", n, mean(y)));
      out.add(figure(row, "deviation, simulated", n, deviation(y)));
      out.add(figure(row, "Kolmogorov-Smirnov distance", n, KolmogorovSmirnov.of(x, y)));
    }
    return out;
  }

  private static double[] values(List<Map<String, Double>> all, String name) {
    return all.stream().mapToDouble(m -> m.getOrDefault(name, Double.NaN)).toArray();
  }

  private static double mean(double[] x) {
    double sum = 0;
    for (double v : x) {
      sum += v;
    }
    return sum / x.length;
  }

  private static double deviation(double[] x) {
    double mean = mean(x);
    double square = 0;
    for (double v : x) {
      square += (v - mean) * (v - mean);
    }
    return Math.sqrt(square / x.length);
  }

  private static Figure figure(String task, String metric, int n, double value) {
    return new Figure(
        task, metric, n, 0, new Interval(value, Double.NaN, Double.NaN, 0), Double.NaN);
  }
}
