package io.precordia.train.explain;

import io.precordia.train.eval.Figure;
import io.precordia.train.metrics.ClusterBootstrap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of single studies by task and metric, in the order of their first appearance. */
final class Tally {
  private record Key(String task, String metric) {}

  private record Value(String patient, double value, double chance) {}

  private final Map<Key, List<Value>> values = new LinkedHashMap<>();

  /**
   * @param chance what an uninformed map has; NaN if the metric has no such value
   */
  void add(String task, String metric, String patient, double value, double chance) {
    values
        .computeIfAbsent(new Key(task, metric), k -> new ArrayList<>())
        .add(new Value(patient, value, chance));
  }

  /** Means with intervals over patients. */
  List<Figure> figures(ClusterBootstrap bootstrap) {
    List<Figure> out = new ArrayList<>();
    values.forEach(
        (key, list) -> {
          double chance = 0;
          for (Value v : list) {
            chance += v.chance() / list.size();
          }
          out.add(
              new Figure(
                  key.task(),
                  key.metric(),
                  list.size(),
                  0,
                  bootstrap.interval(
                      list.stream().map(Value::patient).toList(), some -> mean(list, some)),
                  chance));
        });
    return out;
  }

  private static double mean(List<Value> list, int[] some) {
    double sum = 0;
    for (int i : some) {
      sum += list.get(i).value();
    }
    return sum / some.length;
  }
}
