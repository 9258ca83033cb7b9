package io.precordia.train.figures;

import java.util.List;

/**
 * A line chart.
 *
 * @param name file name without extension
 * @param ticks positions with a label on the x axis, in ascending order
 * @param low least y that is drawn
 * @param high largest y that is drawn
 * @param diagonal whether y = x is drawn as a guide
 */
public record Chart(
    String name,
    String title,
    String xLabel,
    String yLabel,
    List<Tick> ticks,
    double low,
    double high,
    boolean diagonal,
    List<Line> lines) {
  public Chart {
    ticks = List.copyOf(ticks);
    lines = List.copyOf(lines);
  }

  /** A labelled place on the x axis. */
  public record Tick(double at, String label) {}

  /** A named line. */
  public record Line(String name, List<Point> points) {
    public Line {
      points = List.copyOf(points);
    }
  }

  /** A point with the ends of its whisker; the same as y where there is none. */
  public record Point(double x, double y, double low, double high) {
    public Point(double x, double y) {
      this(x, y, y, y);
    }
  }
}
