package io.precordia.train.suite;

import io.precordia.train.data.PtbXlCorpus;
import io.precordia.train.eval.EncodedGallery;
import io.precordia.train.eval.Figure;
import io.precordia.train.figures.Chart;
import io.precordia.train.figures.Section;
import io.precordia.train.metrics.Auroc;
import io.precordia.train.probe.FewShot;
import io.precordia.train.probe.LinearProbe;
import io.precordia.train.probe.ProbeTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Linear probes on frozen features, and how they grow with the number of training patients. */
final class ProbePart {
  static final String METHOD = "linear probe";
  private static final double[] SHARES = {0.01, 0.1, 1};
  private static final int SEEDS = 5;
  private final Map<ProbeTask, Map<String, LinearProbe.Space>> spaces = new LinkedHashMap<>();
  private final Map<ProbeTask, LinearProbe> fitted = new LinkedHashMap<>();
  private final TestAnswers answers;

  /**
   * @param train data set to its training split; so val and test
   */
  ProbePart(
      List<ProbeTask> tasks,
      Map<String, EncodedGallery> train,
      Map<String, EncodedGallery> val,
      Map<String, EncodedGallery> test,
      TestAnswers answers) {
    this.answers = answers;
    for (ProbeTask task : tasks) {
      EncodedGallery a = train.get(task.source());
      EncodedGallery b = val.get(task.source());
      EncodedGallery c = test.get(task.source());
      if (a != null && b != null && c != null && !c.gallery().studies().isEmpty()) {
        Map<String, LinearProbe.Space> two = new LinkedHashMap<>();
        two.put("features before the head", space(task, a, b, c, false));
        two.put("shared space", space(task, a, b, c, true));
        spaces.put(task, two);
      }
    }
    spaces.entrySet().parallelStream()
        .map(e -> Map.entry(e.getKey(), LinearProbe.fit(e.getValue())))
        .toList()
        .forEach(e -> fitted.put(e.getKey(), e.getValue()));
  }

  private static LinearProbe.Space space(
      ProbeTask task, EncodedGallery a, EncodedGallery b, EncodedGallery c, boolean shared) {
    return new LinearProbe.Space(
        task.set(a.gallery().studies(), shared ? a.gallery().vectors() : a.features()),
        task.set(b.gallery().studies(), shared ? b.gallery().vectors() : b.features()),
        task.set(c.gallery().studies(), shared ? c.gallery().vectors() : c.features()));
  }

  /** Test scores of the probes by task. */
  Map<ProbeTask, double[]> scores() {
    Map<ProbeTask, double[]> out = new LinkedHashMap<>();
    fitted.forEach((task, probe) -> out.put(task, probe.scores()));
    return out;
  }

  Section probes() {
    return new Section("probes", answers.figures(METHOD, scores()), List.of());
  }

  Section fewShot() {
    List<Chart.Line> lines = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    FewShot fewShot = new FewShot(SEEDS);
    Map<ProbeTask, List<FewShot.Point>> curves = new LinkedHashMap<>();
    fitted.entrySet().parallelStream()
        .map(
            e -> {
              LinearProbe.Space space = of(e.getKey(), e.getValue().space());
              List<FewShot.Point> points = new ArrayList<>();
              for (double share : SHARES) {
                points.add(fewShot.at(share, space));
              }
              return Map.entry(e.getKey(), points);
            })
        .toList()
        .forEach(e -> curves.put(e.getKey(), e.getValue()));
    List<List<FewShot.Point>> superclasses = new ArrayList<>();
    curves.forEach(
        (task, points) -> {
          if (superclass(task)) {
            superclasses.add(points);
          } else {
            add(task.name(), points, lines, figures);
          }
        });
    if (!superclasses.isEmpty()) {
      add(ZeroShotPart.SUPERCLASSES, macro(superclasses), lines, figures);
    }
    Chart chart =
        new Chart(
            "few-shot",
            "Linear probe by training patients (mean, least and largest of 5 draws)",
            "share of the training patients",
            "test AUROC",
            List.of(
                new Chart.Tick(-2, "1 %"), new Chart.Tick(-1, "10 %"), new Chart.Tick(0, "100 %")),
            0.5,
            1,
            false,
            lines);
    return new Section("few-shot", figures, lines.isEmpty() ? List.of() : List.of(chart));
  }

  private LinearProbe.Space of(ProbeTask task, String space) {
    return java.util.Objects.requireNonNull(
        java.util.Objects.requireNonNull(spaces.get(task)).get(space));
  }

  static boolean superclass(ProbeTask task) {
    return task.source().equals(PtbXlCorpus.NAME)
        && !task.name().equals(ProbeTask.ATRIAL_FIBRILLATION);
  }

  private static List<FewShot.Point> macro(List<List<FewShot.Point>> curves) {
    List<FewShot.Point> out = new ArrayList<>();
    for (int s = 0; s < SHARES.length; s++) {
      int at = s;
      out.add(
          new FewShot.Point(
              SHARES[s],
              Auroc.macro(curves.stream().mapToDouble(c -> c.get(at).mean()).toArray()),
              Auroc.macro(curves.stream().mapToDouble(c -> c.get(at).low()).toArray()),
              Auroc.macro(curves.stream().mapToDouble(c -> c.get(at).high()).toArray())));
    }
    return out;
  }

  private static void add(
      String task, List<FewShot.Point> points, List<Chart.Line> lines, List<Figure> figures) {
    List<Chart.Point> drawn = new ArrayList<>();
    for (FewShot.Point p : points) {
      drawn.add(new Chart.Point(Math.log10(p.share()), p.mean(), p.low(), p.high()));
      figures.add(
          TestAnswers.plain(
              task + ", " + Math.round(100 * p.share()) + " % of the training patients",
              "AUROC, mean of draws",
              p.mean(),
              p.low(),
              p.high()));
    }
    lines.add(new Chart.Line(task.replace(" against ", "/"), drawn));
  }
}
