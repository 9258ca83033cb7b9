package io.precordia.train.figures;

import io.precordia.train.eval.Figure;
import java.util.List;
import java.util.Locale;

/** Figures as a Markdown table. */
public final class FigureTable {
  private FigureTable() {}

  public static String of(List<Figure> figures) {
    StringBuilder out = new StringBuilder();
    out.append("| task | n | positives | metric | value | 95 % interval | chance |\n");
    out.append("|---|---|---|---|---|---|---|\n");
    for (Figure f : figures) {
      out.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %s | %s | %s | %s | %s |\n",
              f.task(),
              f.records(),
              f.positives() == 0 ? "" : String.valueOf(f.positives()),
              f.metric(),
              number(f.value().value()),
              Double.isNaN(f.value().low())
                  ? ""
                  : number(f.value().low()) + " to " + number(f.value().high()),
              number(f.chance())));
    }
    return out.toString();
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.3f", value);
  }
}
