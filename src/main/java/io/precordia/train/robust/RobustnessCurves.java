package io.precordia.train.robust;

import io.precordia.study.Modality;
import io.precordia.train.data.StudySample;
import io.precordia.train.eval.BranchEmbedder;
import io.precordia.train.eval.Figure;
import io.precordia.train.eval.Gallery;
import io.precordia.train.eval.ScoredGallery;
import io.precordia.train.figures.Chart;
import io.precordia.train.figures.Section;
import io.precordia.train.metrics.ClusterBootstrap;
import io.precordia.train.text.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Zero-shot AUROC under disturbances of growing strength, on at most {@code most} test records at
 * even distances. Each record's disturbance is drawn from its number: it is the same in every run.
 */
public final class RobustnessCurves {
  private static final long SEED = 0x5851F42D4C957F2DL;
  private final int most;
  private final BranchEmbedder embedder;
  private final double denialWeight;
  private final ClusterBootstrap bootstrap;
  private final List<Figure> figures = new ArrayList<>();
  private final List<Chart> charts = new ArrayList<>();

  /**
   * @param denialWeight of the weights that embed
   */
  public RobustnessCurves(
      int most, BranchEmbedder embedder, double denialWeight, ClusterBootstrap bootstrap) {
    this.most = most;
    this.embedder = embedder;
    this.denialWeight = denialWeight;
    this.bootstrap = bootstrap;
  }

  private record Step<D>(double at, String label, D disturbance) {}

  /** Curves over films by one question. */
  public void films(String set, List<StudySample> all, Fact fact) {
    List<StudySample> some = some(all);
    if (some.isEmpty()) {
      return;
    }
    int side = (int) Math.round(Math.sqrt(some.getFirst().xray().length));
    BiFunction<XrayDisturbance, StudySample, StudySample> apply =
        (d, s) -> s.withXray(d.apply(s.xray(), side, random(s)));
    List<Fact> facts = List.of(fact);
    Chart.Point clean = measure(set + ", undisturbed", Modality.XRAY, some, facts, 0);
    List<Step<XrayDisturbance>> noise =
        IntStream.of(10, 25, 50)
            .mapToObj(
                n -> step(n, String.valueOf(n), (XrayDisturbance) new XrayDisturbance.Noise(n)))
            .toList();
    curve(
        new Curve(
            "robustness-xray-noise", set + ": Gaussian noise", "deviation, grey levels of 255"),
        Modality.XRAY,
        some,
        facts,
        clean,
        noise,
        apply);
    List<Step<XrayDisturbance>> resolution =
        List.of(
            step(1, "112", new XrayDisturbance.LowResolution(112)),
            step(2, "56", new XrayDisturbance.LowResolution(56)));
    curve(
        new Curve(
            "robustness-xray-resolution", set + ": low resolution", "side in pixels", side + ""),
        Modality.XRAY,
        some,
        facts,
        clean,
        resolution,
        apply);
    List<Step<XrayDisturbance>> rotation =
        IntStream.of(-20, -10, -5, 5, 10, 20)
            .mapToObj(
                d ->
                    step(
                        d,
                        (d > 0 ? "+" : "") + d,
                        (XrayDisturbance) new XrayDisturbance.Rotation(d)))
            .toList();
    curve(
        new Curve("robustness-xray-rotation", set + ": rotated film", "degrees"),
        Modality.XRAY,
        some,
        facts,
        clean,
        rotation,
        apply);
    XrayDisturbance polarity = new XrayDisturbance.WrongPolarity();
    measure(
        set + ", wrong polarity",
        Modality.XRAY,
        some.parallelStream().map(s -> apply.apply(polarity, s)).toList(),
        facts,
        0);
  }

  /** Curves over ECGs by the macro AUROC of several questions. */
  public void ecgs(String set, List<StudySample> all, List<Fact> facts) {
    List<StudySample> some = some(all);
    if (some.isEmpty()) {
      return;
    }
    BiFunction<EcgDisturbance, StudySample, StudySample> apply =
        (d, s) -> s.withEcg(d.apply(s.ecg(), random(s)));
    Chart.Point clean = measure(set + ", undisturbed", Modality.ECG, some, facts, 0);
    List<Step<EcgDisturbance>> noise =
        IntStream.of(1, 2, 4, 8)
            .mapToObj(
                n -> step(n / 10.0, "0." + n, (EcgDisturbance) new EcgDisturbance.Noise(n / 10.0)))
            .toList();
    curve(
        new Curve("robustness-ecg-noise", set + ": Gaussian noise", "deviation, SD of the lead"),
        Modality.ECG,
        some,
        facts,
        clean,
        noise,
        apply);
    List<Step<EcgDisturbance>> leads =
        IntStream.of(1, 3, 6, 9)
            .mapToObj(
                n ->
                    step(n, String.valueOf(n), (EcgDisturbance) new EcgDisturbance.MissingLeads(n)))
            .toList();
    curve(
        new Curve("robustness-ecg-leads", set + ": missing leads", "leads missing of 12"),
        Modality.ECG,
        some,
        facts,
        clean,
        leads,
        apply);
    EcgDisturbance arms = new EcgDisturbance.ArmsExchanged();
    measure(
        set + ", arm electrodes exchanged",
        Modality.ECG,
        some.stream().map(s -> apply.apply(arms, s)).toList(),
        facts,
        0);
  }

  public Section section(String id) {
    return new Section(id, figures, charts);
  }

  /**
   * @param none label of the undisturbed point
   */
  private record Curve(String name, String title, String axis, String none) {
    Curve(String name, String title, String axis) {
      this(name, title, axis, "0");
    }
  }

  private <D> void curve(
      Curve curve,
      Modality modality,
      List<StudySample> some,
      List<Fact> facts,
      Chart.Point clean,
      List<Step<D>> steps,
      BiFunction<D, StudySample, StudySample> apply) {
    List<Chart.Point> points = new ArrayList<>(List.of(clean));
    List<Chart.Tick> ticks = new ArrayList<>(List.of(new Chart.Tick(0, curve.none)));
    for (Step<D> step : steps) {
      List<StudySample> disturbed =
          some.parallelStream().map(s -> apply.apply(step.disturbance, s)).toList();
      String task = curve.title + ", " + step.label;
      points.add(measure(task, modality, disturbed, facts, step.at));
      ticks.add(new Chart.Tick(step.at, step.label));
    }
    points.sort((a, b) -> Double.compare(a.x(), b.x()));
    ticks.sort((a, b) -> Double.compare(a.at(), b.at()));
    charts.add(
        new Chart(
            curve.name,
            curve.title,
            curve.axis,
            "zero-shot AUROC",
            ticks,
            0.4,
            1,
            false,
            List.of(new Chart.Line("AUROC with 95 % interval", points))));
  }

  private Chart.Point measure(
      String task, Modality modality, List<StudySample> studies, List<Fact> facts, double at) {
    Gallery gallery = Gallery.of(modality, studies, embedder);
    ScoredGallery scored = ScoredGallery.of(gallery, facts, embedder, denialWeight);
    Figure figure =
        facts.size() == 1 ? scored.auroc(task, 0, bootstrap) : scored.macroAuroc(task, bootstrap);
    figures.add(figure);
    return new Chart.Point(at, figure.value().value(), figure.value().low(), figure.value().high());
  }

  private static <D> Step<D> step(double at, String label, D disturbance) {
    return new Step<>(at, label, disturbance);
  }

  private static SplittableRandom random(StudySample s) {
    return new SplittableRandom(SEED ^ s.id().hashCode());
  }

  private List<StudySample> some(List<StudySample> all) {
    int count = Math.min(most, all.size());
    return IntStream.range(0, count)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
        .toList();
  }
}
