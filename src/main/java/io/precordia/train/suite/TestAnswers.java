package io.precordia.train.suite;

import io.precordia.train.eval.Figure;
import io.precordia.train.metrics.Auroc;
import io.precordia.train.metrics.ClusterBootstrap;
import io.precordia.train.metrics.Interval;
import io.precordia.train.probe.ProbeSet;
import io.precordia.train.probe.ProbeTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Test records of the supervised tasks, and the figures of any method's scores on them. */
final class TestAnswers {
  private final Map<ProbeTask, ProbeSet> tests;
  private final ClusterBootstrap bootstrap;

  TestAnswers(Map<ProbeTask, ProbeSet> tests, ClusterBootstrap bootstrap) {
    this.tests = tests;
    this.bootstrap = bootstrap;
  }

  /** A figure whose borders are not of a bootstrap, for example the range over draws. */
  static Figure plain(String task, String metric, double value, double low, double high) {
    return new Figure(task, metric, 0, 0, new Interval(value, low, high, 0), 0.5);
  }

  /**
   * AUROC by task, within each group of a grouped one; the macro mean of PTB-XL's superclasses
   * first.
   */
  List<Figure> figures(String method, Map<ProbeTask, double[]> scores) {
    List<Figure> out = new ArrayList<>();
    Map<ProbeTask, double[]> classes = superclasses(scores);
    if (classes.size() > 1) {
      out.add(macro(ZeroShotPart.SUPERCLASSES + ", " + method, "macro AUROC", classes, null));
    }
    scores.forEach(
        (task, values) -> {
          ProbeSet set = set(task);
          for (String group : new TreeSet<>(set.groups())) {
            String name = task.name() + (group.isEmpty() ? "" : ", " + group) + ", " + method;
            out.add(area(name, set, group, values, null));
          }
        });
    return out;
  }

  /** By how much one method's AUROC is above another's on the same records, paired. */
  List<Figure> differences(
      String method, Map<ProbeTask, double[]> scores, Map<ProbeTask, double[]> others) {
    List<Figure> out = new ArrayList<>();
    Map<ProbeTask, double[]> classes = superclasses(scores);
    classes.keySet().retainAll(others.keySet());
    if (classes.size() > 1) {
      out.add(macro(ZeroShotPart.SUPERCLASSES + ", " + method, "difference", classes, others));
    }
    scores.forEach(
        (task, values) -> {
          double[] other = others.get(task);
          if (other != null && !ProbePart.superclass(task)) {
            ProbeSet set = set(task);
            for (String group : new TreeSet<>(set.groups())) {
              String name = task.name() + (group.isEmpty() ? "" : ", " + group) + ", " + method;
              out.add(area(name, set, group, values, other));
            }
          }
        });
    return out;
  }

  private ProbeSet set(ProbeTask task) {
    return java.util.Objects.requireNonNull(tests.get(task), task.name());
  }

  private static Map<ProbeTask, double[]> superclasses(Map<ProbeTask, double[]> scores) {
    Map<ProbeTask, double[]> out = new LinkedHashMap<>();
    scores.forEach(
        (task, values) -> {
          if (ProbePart.superclass(task)) {
            out.put(task, values);
          }
        });
    return out;
  }

  private Figure macro(
      String name,
      String metric,
      Map<ProbeTask, double[]> scores,
      @Nullable Map<ProbeTask, double[]> others) {
    List<String> patients = set(scores.keySet().iterator().next()).patients();
    ToDoubleFunction<int[]> value =
        some ->
            Auroc.macro(
                scores.entrySet().stream()
                    .mapToDouble(
                        e ->
                            area(some, set(e.getKey()), e.getValue())
                                - (others == null
                                    ? 0
                                    : area(
                                        some,
                                        set(e.getKey()),
                                        java.util.Objects.requireNonNull(others.get(e.getKey())))))
                    .toArray());
    return new Figure(
        name,
        metric,
        patients.size(),
        0,
        bootstrap.interval(patients, value),
        others == null ? 0.5 : 0);
  }

  private Figure area(
      String name, ProbeSet all, String group, double[] scores, double @Nullable [] others) {
    int[] here =
        java.util.stream.IntStream.range(0, all.size())
            .filter(i -> all.groups().get(i).equals(group))
            .toArray();
    int positives = (int) Arrays.stream(here).filter(i -> all.positive()[i]).count();
    List<String> patients = Arrays.stream(here).mapToObj(all.patients()::get).toList();
    return new Figure(
        name,
        others == null ? "AUROC" : "difference",
        here.length,
        positives,
        bootstrap.interval(
            patients,
            some -> {
              int[] records = Arrays.stream(some).map(i -> here[i]).toArray();
              return area(records, all, scores) - (others == null ? 0 : area(records, all, others));
            }),
        others == null ? 0.5 : 0);
  }

  private static double area(int[] records, ProbeSet set, double[] scores) {
    double[] values = new double[records.length];
    boolean[] positive = new boolean[records.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = scores[records[i]];
      positive[i] = set.positive()[records[i]];
    }
    return Auroc.of(values, positive);
  }
}
