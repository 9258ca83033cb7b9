package io.precordia.train.explain;

import io.precordia.model.explain.ExplanationMethod;
import io.precordia.train.eval.Figure;
import java.util.List;
import java.util.Locale;

/** What was aimed at, beside what the default method has reached. */
final class ExplanationGoals {
  private final List<Figure> figures;

  ExplanationGoals(List<Figure> figures) {
    this.figures = figures;
  }

  String text() {
    StringBuilder out = new StringBuilder("| goal | reached | met |\n|---|---|---|\n");
    // Pointing and AUPRC share their rows and columns, in this order.
    double pointing = value(XrayChecks.LOCALISED, ExplanationMethod.RELEVANCE, 0);
    double auprc = value(XrayChecks.LOCALISED, ExplanationMethod.RELEVANCE, 1);
    double rollout = value(XrayChecks.LOCALISED, ExplanationMethod.ROLLOUT, 1);
    line(out, "pointing game, localised findings: at least 0.85", pointing, pointing >= 0.85);
    line(
        out, "AUPRC over that of plain rollout: at least 2", auprc / rollout, auprc >= 2 * rollout);
    double ecg = value(EcgChecks.ALL, ExplanationMethod.RELEVANCE, 0);
    line(
        out,
        "ECG relevance in the right leads and segment over uniform: at least 3",
        ecg,
        ecg >= 3);
    for (String row : List.of(SanityRows.XRAY_RANDOMISED, SanityRows.ECG_RANDOMISED)) {
      double found = value(row, ExplanationMethod.RELEVANCE, 0);
      line(out, row + ", rank correlation: at most 0.3", found, found <= 0.3);
    }
    return out.toString();
  }

  private double value(String task, ExplanationMethod method, int which) {
    List<Figure> found =
        figures.stream()
            .filter(f -> f.task().equals(task) && f.metric().equals(method.id()))
            .toList();
    return found.size() > which ? found.get(which).value().value() : Double.NaN;
  }

  private static void line(StringBuilder out, String goal, double reached, boolean met) {
    out.append(
        String.format(Locale.ROOT, "| %s | %.2f | %s |\n", goal, reached, met ? "yes" : "no"));
  }
}
