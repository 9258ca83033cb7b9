package io.precordia.train.suite;

import io.precordia.train.eval.Figure;
import io.precordia.train.metrics.Interval;
import java.util.Locale;
import java.util.Optional;

/** The figures that issue 5 asks for, beside what was measured. */
final class GoalTable {
  private static final String MACRO = "macro AUROC";
  private static final String AUROC = "AUROC";
  private static final String DIFF = "difference";
  private static final String PRECISION = "mean precision@10";
  private static final String R10 = "R@10";
  private final Evaluation evaluation;
  private final StringBuilder out = new StringBuilder();

  GoalTable(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  String markdown() {
    out.append("| goal | measured | |\n|---|---|---|\n");
    String classes = ZeroShotPart.SUPERCLASSES;
    String probe = ", " + ProbePart.METHOD;
    least("PTB-XL superclasses, macro AUROC, zero-shot", classes, MACRO, 0.82);
    least("PTB-XL superclasses, macro AUROC, linear probe", classes + probe, MACRO, 0.87);
    least("… above the supervised ResNet", classes + BaselinePart.over("1-D ResNet"), DIFF, 0);
    least("PTB-XL, atrial fibrillation, AUROC", ZeroShotPart.FIBRILLATION, AUROC, 0.95);
    least("Kermany, pneumonia against normal, AUROC", ZeroShotPart.KERMANY, AUROC, 0.95);
    String causes = "Kermany, bacterial against viral";
    least("Kermany, bacterial against viral, probe AUROC", causes + probe, AUROC, 0.80);
    for (String view : new String[] {"AP", "PA"}) {
      String nih = "NIH, pneumonia against no finding, " + view;
      least("NIH " + view + ", pneumonia, probe AUROC", nih + probe, AUROC, 0.70);
      least(
          "… above logistic regression on pixels",
          nih + BaselinePart.over("logistic regression on pixels"),
          DIFF,
          0.05);
    }
    least("simulated, text → X-ray", RetrievalPart.textTo("X-ray"), PRECISION, 0.95);
    least("simulated, text → ECG", RetrievalPart.textTo("ECG"), PRECISION, 0.95);
    least("simulated, X-ray → whole report, R@10", RetrievalPart.XRAY_TO_REPORT, R10, 0.60);
    least("simulated, ECG → whole report, R@10", RetrievalPart.ECG_TO_REPORT, R10, 0.60);
    timesChance("linked, X-ray → ECG, R@10", RetrievalPart.XRAY_TO_ECG_LINKED, 10);
    timesChance("linked, ECG → X-ray, R@10", RetrievalPart.ECG_TO_XRAY_LINKED, 10);
    for (String set : new String[] {CalibrationPart.FILMS, CalibrationPart.ECGS}) {
      most("calibration, " + set + ", ECE", set, "ECE (10 bins)", 0.05);
      fall("abstention, " + set + ", error rate", set);
    }
    return out.toString();
  }

  private Optional<Figure> find(String task, String metric) {
    return evaluation.figures().stream()
        .filter(f -> f.task().equals(task) && f.metric().equals(metric))
        .findFirst();
  }

  private void least(String goal, String task, String metric, double least) {
    String sign = metric.equals(DIFF) ? " by ≥ " : " ≥ ";
    find(task, metric)
        .ifPresent(f -> row(goal + sign + least, shown(f.value()), f.value().value() >= least));
  }

  private void most(String goal, String task, String metric, double most) {
    find(task, metric)
        .ifPresent(f -> row(goal + " ≤ " + most, shown(f.value()), f.value().value() <= most));
  }

  private void timesChance(String goal, String task, double times) {
    find(task, R10)
        .ifPresent(
            f ->
                row(
                    goal + " ≥ " + (int) times + " × chance",
                    shown(f.value())
                        + String.format(
                            Locale.ROOT, ", %.1f × chance", f.value().value() / f.chance()),
                    f.value().value() >= times * f.chance()));
  }

  private void fall(String goal, String task) {
    Optional<Figure> all = find(task, "error rate, all answered");
    Optional<Figure> some = find(task, "error rate with abstention");
    Optional<Figure> coverage = find(task, "coverage with abstention");
    if (all.isPresent() && some.isPresent() && coverage.isPresent()) {
      double before = all.get().value().value();
      double after = some.get().value().value();
      row(
          goal + " falls by a third at 80 % coverage",
          String.format(
              Locale.ROOT,
              "%.3f → %.3f (−%.0f %%) at %.0f %% coverage",
              before,
              after,
              100 * (1 - after / before),
              100 * coverage.get().value().value()),
          after <= before * 2 / 3);
    }
  }

  private void row(String goal, String measured, boolean met) {
    out.append("| ").append(goal).append(" | ").append(measured).append(" | ");
    out.append(met ? "met" : "**missed**").append(" |\n");
  }

  private static String shown(Interval v) {
    return String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", v.value(), v.low(), v.high());
  }
}
