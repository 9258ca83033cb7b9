package io.precordia.train.suite;

import io.precordia.train.eval.Calibration;
import io.precordia.train.eval.CalibrationCheck;
import io.precordia.train.eval.Figure;
import io.precordia.train.eval.Gallery;
import io.precordia.train.eval.KnownVocabulary;
import io.precordia.train.figures.Chart;
import io.precordia.train.figures.Section;
import io.precordia.train.metrics.Interval;
import io.precordia.train.metrics.ReliabilityBin;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Calibrated probabilities, abstention and the border of the vocabulary. */
final class CalibrationPart {
  static final String FILMS = "real X-rays, all labels pooled";
  static final String ECGS = "PTB-XL, all labels pooled";
  private static final int SHOWN = 20;
  private final Subject subject;
  private final Calibration calibration;

  CalibrationPart(Subject subject, Calibration calibration) {
    this.subject = subject;
    this.calibration = calibration;
  }

  Section section() {
    CalibrationCheck check =
        new CalibrationCheck(subject.facts(), calibration, subject.bootstrap());
    List<Figure> figures = new ArrayList<>();
    List<Chart.Line> lines = new ArrayList<>();
    add("real X-rays", subject.realFilms(), check, figures, lines);
    add("PTB-XL", subject.ptbxl().gallery(), check, figures, lines);
    List<Chart> charts = new ArrayList<>();
    if (!lines.isEmpty()) {
      charts.add(
          new Chart(
              "reliability",
              "Reliability on the test splits (bins of at least " + SHOWN + ")",
              "mean calibrated probability",
              "observed share",
              IntStream.rangeClosed(0, 5)
                  .mapToObj(i -> new Chart.Tick(i / 5.0, "0." + 2 * i))
                  .map(t -> t.at() == 1 ? new Chart.Tick(1, "1.0") : t)
                  .toList(),
              0,
              1,
              true,
              lines));
    }
    return new Section("calibration", figures, charts);
  }

  /** What counts as a trained label, as measured when the calibration was made. */
  Section vocabulary() {
    List<Figure> figures = new ArrayList<>();
    for (KnownVocabulary known : Objects.requireNonNull(calibration.vocabularies())) {
      String task = "vocabulary, " + known.modality().name();
      int n = known.phrases().size();
      figures.add(share(task, "held-out wordings called trained", n, known.accepted()));
      figures.add(share(task, "unrelated terms called untrained", n, known.refused()));
    }
    return new Section("vocabulary", figures, List.of());
  }

  private static Figure share(String task, String metric, int n, double value) {
    return new Figure(
        task, metric, n, 0, new Interval(value, Double.NaN, Double.NaN, 0), Double.NaN);
  }

  private void add(
      String set,
      Gallery gallery,
      CalibrationCheck check,
      List<Figure> figures,
      List<Chart.Line> lines) {
    if (gallery.studies().isEmpty()) {
      return;
    }
    CalibrationCheck.Checked checked = check.check(set, gallery, subject.embedder());
    figures.addAll(checked.figures());
    List<Chart.Point> points = new ArrayList<>();
    for (ReliabilityBin bin : checked.bins()) {
      if (bin.count() >= SHOWN) {
        double half = 1.96 * Math.sqrt(bin.observed() * (1 - bin.observed()) / bin.count());
        points.add(
            new Chart.Point(
                bin.predicted(), bin.observed(), bin.observed() - half, bin.observed() + half));
      }
    }
    if (!points.isEmpty()) {
      lines.add(new Chart.Line(set, points));
    }
  }
}
