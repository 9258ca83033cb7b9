package io.precordia.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table that can be pasted into docs/benchmarks.md as it is printed. */
record MarkdownTable(List<String> header, List<List<String>> rows) {
  MarkdownTable(String... header) {
    this(List.of(header), new ArrayList<>());
  }

  /** Numbers are given one decimal below 100, two below 10. */
  void add(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell instanceof Double number ? shown(number) : String.valueOf(cell));
    }
    rows.add(row);
  }

  private static String shown(double value) {
    double size = Math.abs(value);
    return String.format(
        java.util.Locale.ROOT, size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%,.0f", value);
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("\n\n").append(line(header));
    out.append(line(header.stream().map(h -> "---").toList()));
    rows.forEach(row -> out.append(line(row)));
    return out.toString();
  }
}
