package io.precordia.train.figures;

import io.precordia.train.eval.Figure;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

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
              "| %s | %s | %s | %s | %s | %s | %s |\n",
              f.task(),
              f.records() == 0 ? "" : String.valueOf(f.records()),
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

  /**
   * The same figures with one row for each task and one column for each metric, without chance;
   * where there is one metric alone it is {@link #of}.
   */
  public static String wide(List<Figure> figures) {
    Set<String> metrics = new LinkedHashSet<>();
    Map<String, Map<String, Figure>> rows = new LinkedHashMap<>();
    for (Figure f : figures) {
      metrics.add(f.metric());
      rows.computeIfAbsent(f.task(), t -> new LinkedHashMap<>()).put(f.metric(), f);
    }
    if (metrics.size() < 2) {
      return of(figures);
    }
    StringBuilder out = new StringBuilder();
    out.append("| task | n | positives | ").append(String.join(" | ", metrics)).append(" |\n");
    out.append("|---|---|---|").append("---|".repeat(metrics.size())).append('\n');
    rows.forEach(
        (task, cells) -> {
          Figure first = cells.values().iterator().next();
          out.append("| ").append(task).append(" | ").append(first.records()).append(" | ");
          out.append(first.positives() == 0 ? "" : String.valueOf(first.positives())).append(" |");
          for (String metric : metrics) {
            Figure f = cells.get(metric);
            out.append(' ').append(f == null ? "" : cell(f)).append(" |");
          }
          out.append('\n');
        });
    return out.toString();
  }

  private static String cell(Figure f) {
    String value = number(f.value().value());
    return Double.isNaN(f.value().low())
        ? value
        : value + " (" + number(f.value().low()) + " to " + number(f.value().high()) + ")";
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.3f", value);
  }
}
