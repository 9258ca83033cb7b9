package io.precordia.train.figures;

import java.util.List;
import java.util.Locale;

/** Draws a chart as SVG; the same chart gives the same bytes. */
public final class SvgChart {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 340;
  private static final int LEFT = 60;
  private static final int RIGHT = 20;
  private static final int TOP = 34;
  private static final int BOTTOM = 56;
  private static final int STEPS = 5;

  /** Told apart by colour-blind readers (Okabe and Ito 2008). */
  private static final List<String> COLOURS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000");

  private final Chart chart;
  private final StringBuilder out = new StringBuilder();

  private SvgChart(Chart chart) {
    this.chart = chart;
  }

  public static String draw(Chart chart) {
    return new SvgChart(chart).draw();
  }

  private String draw() {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
            + " font-family=\"sans-serif\" font-size=\"12\">",
        WIDTH, HEIGHT, WIDTH, HEIGHT);
    add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, HEIGHT);
    text(WIDTH / 2.0, 20, "middle", chart.title(), " font-weight=\"bold\"");
    for (int i = 0; i <= STEPS; i++) {
      double value = chart.low() + (chart.high() - chart.low()) * i / STEPS;
      line(LEFT, y(value), WIDTH - RIGHT, y(value), "#dddddd", "");
      text(LEFT - 6, y(value) + 4, "end", String.format(Locale.ROOT, "%.2f", value), "");
    }
    for (Chart.Tick tick : chart.ticks()) {
      line(x(tick.at()), HEIGHT - BOTTOM, x(tick.at()), HEIGHT - BOTTOM + 4, "#444444", "");
      text(x(tick.at()), HEIGHT - BOTTOM + 17, "middle", tick.label(), "");
    }
    line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, "#444444", "");
    line(LEFT, TOP, LEFT, HEIGHT - BOTTOM, "#444444", "");
    text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 22, "middle", chart.xLabel(), "");
    text(
        0,
        0,
        "middle",
        chart.yLabel(),
        String.format(
            Locale.ROOT,
            " transform=\"translate(15,%.1f) rotate(-90)\"",
            (TOP + HEIGHT - BOTTOM) / 2.0));
    if (chart.diagonal()) {
      line(x(0), y(0), x(1), y(1), "#999999", " stroke-dasharray=\"4 3\"");
    }
    for (int i = 0; i < chart.lines().size(); i++) {
      curve(chart.lines().get(i), COLOURS.get(i % COLOURS.size()), i);
    }
    return out.append("</svg>\n").toString();
  }

  private void curve(Chart.Line line, String colour, int index) {
    StringBuilder path = new StringBuilder();
    for (Chart.Point p : line.points()) {
      path.append(
          String.format(Locale.ROOT, "%s%.1f,%.1f", path.isEmpty() ? "" : " ", x(p.x()), y(p.y())));
      if (p.high() > p.low()) {
        line(x(p.x()), y(p.low()), x(p.x()), y(p.high()), colour, "");
      }
      add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x(p.x()), y(p.y()), colour);
    }
    add("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>", path, colour);
    double at = LEFT + 8 + (WIDTH - LEFT - RIGHT) * (index % 3) / 3.0;
    double height = HEIGHT - 6 - 13 * (index / 3);
    add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", at, height - 4, colour);
    text(at + 7, height, "start", line.name(), "");
  }

  private double x(double value) {
    double from = chart.ticks().getFirst().at();
    double to = chart.ticks().getLast().at();
    return LEFT + (WIDTH - LEFT - RIGHT) * (to > from ? (value - from) / (to - from) : 0.5);
  }

  private double y(double value) {
    double share = (value - chart.low()) / (chart.high() - chart.low());
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * Math.clamp(share, 0, 1);
  }

  private void line(double x1, double y1, double x2, double y2, String colour, String more) {
    add(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"%s/>",
        x1, y1, x2, y2, colour, more);
  }

  private void text(double x, double y, String anchor, String text, String more) {
    String safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>", x, y, anchor, more, safe);
  }

  private void add(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
