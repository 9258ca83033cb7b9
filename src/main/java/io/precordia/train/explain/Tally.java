package io.precordia.train.explain;

import io.precordia.train.eval.Figure;
import io.precordia.train.figures.Section;
import io.precordia.train.metrics.ClusterBootstrap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of single studies by section, task and metric, in the order of their first appearance. */
final class Tally {
  /**
   * One study's value.
   *
   * @param section id of the table
   * @param task its row
   * @param metric its column
   * @param patient who clusters it
   */
  record Entry(String section, String task, String metric, String patient, double value) {}

  private record Key(String task, String metric) {}

  private final Map<String, Map<Key, List<Entry>>> sections = new LinkedHashMap<>();

  void add(List<Entry> entries) {
    for (Entry e : entries) {
      sections
          .computeIfAbsent(e.section(), s -> new LinkedHashMap<>())
          .computeIfAbsent(new Key(e.task(), e.metric()), k -> new ArrayList<>())
          .add(e);
    }
  }

  /** Means with intervals over patients, one section for each table. */
  List<Section> sections(ClusterBootstrap bootstrap) {
    List<Section> out = new ArrayList<>();
    sections.forEach(
        (id, rows) -> {
          List<Figure> figures = new ArrayList<>();
          rows.forEach((key, list) -> figures.add(figure(key, list, bootstrap)));
          out.add(new Section(id, figures, List.of()));
        });
    return out;
  }

  private static Figure figure(Key key, List<Entry> list, ClusterBootstrap bootstrap) {
    return new Figure(
        key.task(),
        key.metric(),
        list.size(),
        0,
        bootstrap.interval(list.stream().map(Entry::patient).toList(), some -> mean(list, some)),
        Double.NaN);
  }

  private static double mean(List<Entry> list, int[] some) {
    double sum = 0;
    for (int i : some) {
      sum += list.get(i).value();
    }
    return sum / some.length;
  }
}
