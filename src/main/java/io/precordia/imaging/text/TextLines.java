package io.precordia.imaging.text;

import io.precordia.imaging.text.Components.Component;
import io.precordia.imaging.text.Components.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups strokes that stand side by side like letters, and keeps the groups that read as a line.
 */
final class TextLines {
  private static final int SMALLEST = 5;
  private static final double LARGEST = 0.11;
  private static final double GAP = 1.25;
  private static final double HEIGHT_RATIO = 2.1;
  private static final int FEWEST = 3;

  private static final double LENIENT = 1.7;
  private static final double CLOSE = 0.6;
  private static final double SPACE = 2.5;

  /** Most spread of the ink, and least step at its edges, in parts of its contrast. */
  private static final double UNEVEN = 0.35;

  private static final double SHARP = 0.6;

  private final float[] image;
  private final float[] contrast;
  private final Labels labels;
  private final int columns;
  private final int rows;

  TextLines(float[] image, float[] contrast, Labels labels, int columns, int rows) {
    this.image = image;
    this.contrast = contrast;
    this.labels = labels;
    this.columns = columns;
    this.rows = rows;
  }

  List<TextBox> find() {
    List<Component> glyphs = new ArrayList<>();
    for (Component c : labels.components()) {
      if (glyph(c)) {
        glyphs.add(c);
      }
    }
    glyphs.sort(Comparator.comparingInt(c -> c.box().x()));
    int[] parent = new int[glyphs.size()];
    for (int i = 0; i < parent.length; i++) {
      parent[i] = i;
    }
    for (int i = 0; i < glyphs.size(); i++) {
      for (int j = i + 1; j < glyphs.size(); j++) {
        double reach =
            GAP * Math.max(glyphs.get(i).box().height(), LARGEST * Math.max(columns, rows));
        if (glyphs.get(j).box().x() - glyphs.get(i).box().right() > reach) {
          break;
        }
        if (neighbours(glyphs.get(i).box(), glyphs.get(j).box())) {
          parent[root(parent, i)] = root(parent, j);
        }
      }
    }
    Map<Integer, List<Component>> groups = new HashMap<>();
    for (int i = 0; i < parent.length; i++) {
      groups.computeIfAbsent(root(parent, i), k -> new ArrayList<>()).add(glyphs.get(i));
    }
    List<List<Component>> doubtful = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (List<Component> group : groups.values()) {
      if (reads(group, 1)) {
        lines.add(Line.of(group));
      } else {
        doubtful.add(group);
      }
    }
    // Text comes in blocks: beside a line that is sure, another needs less.
    for (int before = -1; before != lines.size(); ) {
      before = lines.size();
      for (List<Component> group : doubtful) {
        Line line = Line.of(group);
        if (lines.stream().anyMatch(l -> l.beside(line)) && reads(group, LENIENT)) {
          lines.add(line);
        }
      }
      doubtful.removeIf(g -> lines.contains(Line.of(g)));
    }
    return joined(lines);
  }

  /**
   * Pieces of one line as one: dashes, dots and colons between them are no glyphs by themselves.
   */
  private static List<TextBox> joined(List<Line> lines) {
    List<Line> out = new ArrayList<>();
    for (Line line : lines) {
      Line next = line;
      for (int i = 0; i < out.size(); i++) {
        if (out.get(i).continues(next)) {
          Line other = out.remove(i);
          next = new Line(next.box.union(other.box), Math.max(next.height, other.height));
          i = -1;
        }
      }
      out.add(next);
    }
    return out.stream().map(Line::box).toList();
  }

  /**
   * A group of glyphs.
   *
   * @param height mean height of a glyph
   */
  private record Line(TextBox box, double height) {
    static Line of(List<Component> group) {
      TextBox box = group.getFirst().box();
      double height = 0;
      for (Component c : group) {
        box = box.union(c.box());
        height += c.box().height();
      }
      return new Line(box, height / group.size());
    }

    boolean continues(Line o) {
      int gap = Math.max(box.x(), o.box.x()) - Math.min(box.right(), o.box.right());
      int overlap = Math.min(box.bottom(), o.box.bottom()) - Math.max(box.y(), o.box.y());
      return gap <= SPACE * Math.max(height, o.height)
          && overlap >= 0.7 * Math.min(box.height(), o.box.height())
          && height < 1.5 * o.height
          && o.height < 1.5 * height;
    }

    boolean beside(Line o) {
      int reach = (int) Math.round(1.6 * height);
      TextBox around =
          new TextBox(
              box.x() - 2 * reach,
              box.y() - reach,
              box.width() + 4 * reach,
              box.height() + 2 * reach);
      return around.meets(o.box) && o.height < 1.9 * height && height < 1.9 * o.height;
    }
  }

  private boolean glyph(Component c) {
    TextBox b = c.box();
    double fill = (double) c.area() / (b.width() * b.height());
    return b.height() >= SMALLEST
        && b.height() <= LARGEST * Math.max(columns, rows)
        && b.width() <= 14 * b.height()
        && fill >= 0.08
        && (fill <= 0.92 || b.width() <= b.height() / 2)
        && c.area() >= 6;
  }

  private static boolean neighbours(TextBox a, TextBox b) {
    int high = Math.max(a.height(), b.height());
    int low = Math.min(a.height(), b.height());
    int overlap = Math.min(a.bottom(), b.bottom()) - Math.max(a.y(), b.y());
    int gap = b.x() - a.right();
    return high <= HEIGHT_RATIO * low && overlap >= 0.6 * low && gap <= GAP * high;
  }

  private static int root(int[] parent, int i) {
    int r = i;
    while (parent[r] != r) {
      parent[r] = parent[parent[r]];
      r = parent[r];
    }
    return r;
  }

  /**
   * Enough letters, of one height on one line, of one brightness, with many strokes.
   *
   * @param lenience 1, or more for less
   */
  private boolean reads(List<Component> group, double lenience) {
    Line line = Line.of(group);
    TextBox box = line.box();
    double height = line.height();
    boolean joined = box.width() >= 2.6 * height;
    if (group.size() < FEWEST / lenience && !joined || box.height() > 2.2 * height) {
      return false;
    }
    return gaps(group) <= CLOSE * height * lenience
        && uniform(group) <= UNEVEN * lenience
        && sharp(group) >= SHARP / lenience
        && aligned(group, height)
        && strokes(group, box) >= Math.max(2.2, 0.75 * box.width() / height) / lenience;
  }

  /** Median distance to the next glyph; words stand apart, letters do not. */
  private static double gaps(List<Component> group) {
    if (group.size() < 2) {
      return 0;
    }
    double[] gaps = new double[group.size() - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = group.get(i + 1).box().x() - group.get(i).box().right();
    }
    java.util.Arrays.sort(gaps);
    return gaps[gaps.length / 2];
  }

  /** Spread of the strokes' own values (90th less 40th percentile) in parts of their contrast. */
  private double uniform(List<Component> group) {
    int area = group.stream().mapToInt(Component::area).sum();
    float[] ink = new float[area];
    int n = 0;
    double over = 0;
    for (Component c : group) {
      TextBox b = c.box();
      for (int y = b.y(); y < b.bottom(); y++) {
        for (int x = b.x(); x < b.right(); x++) {
          int p = y * columns + x;
          if (labels.of()[p] == c.id() && inner(x, y, c.id())) {
            ink[n++] = image[p];
            over += contrast[p];
          }
        }
      }
    }
    if (n == 0) {
      return 0;
    }
    java.util.Arrays.sort(ink, 0, n);
    return (ink[(int) (0.9 * (n - 1))] - ink[(int) (0.4 * (n - 1))]) / (over / n);
  }

  /** Drawn strokes end within a pixel or two; shadows of the body fade. */
  private double sharp(List<Component> group) {
    double steps = 0;
    double over = 0;
    int n = 0;
    for (Component c : group) {
      TextBox b = c.box();
      for (int y = b.y(); y < b.bottom(); y++) {
        for (int x = b.x(); x < b.right(); x++) {
          int p = y * columns + x;
          if (labels.of()[p] != c.id()) {
            continue;
          }
          for (int d = 0; d < 4; d++) {
            int dx = d == 0 ? 1 : d == 1 ? -1 : 0;
            int dy = d == 2 ? 1 : d == 3 ? -1 : 0;
            if (!outside(x + dx, y + dy) || !outside(x + 2 * dx, y + 2 * dy)) {
              continue;
            }
            int in = at(x - dx, y - dy);
            int from = in >= 0 && labels.of()[in] == c.id() ? in : p;
            steps += image[from] - image[at(x + 2 * dx, y + 2 * dy)];
            over += Math.max(contrast[from], contrast[p]);
            n++;
          }
        }
      }
    }
    return n == 0 || over <= 0 ? 1 : steps / over;
  }

  private boolean outside(int x, int y) {
    int p = at(x, y);
    return p >= 0 && labels.of()[p] < 0;
  }

  private int at(int x, int y) {
    return x < 0 || y < 0 || x >= columns || y >= rows ? -1 : y * columns + x;
  }

  // The rim of a stroke is blended with what lies behind it.
  private boolean inner(int x, int y, int id) {
    if (x == 0 || y == 0 || x == columns - 1 || y == rows - 1) {
      return false;
    }
    int p = y * columns + x;
    int[] of = labels.of();
    boolean across = of[p - 1] == id && of[p + 1] == id;
    boolean along = of[p - columns] == id && of[p + columns] == id;
    return across || along;
  }

  private static boolean aligned(List<Component> group, double height) {
    return spread(group, true) <= 0.3 * height || spread(group, false) <= 0.3 * height;
  }

  private static double spread(List<Component> group, boolean bottoms) {
    double[] at =
        group.stream()
            .mapToDouble(c -> bottoms ? c.box().bottom() : c.box().y())
            .sorted()
            .toArray();
    double middle = at[at.length / 2];
    return group.stream()
        .mapToDouble(c -> Math.abs((bottoms ? c.box().bottom() : c.box().y()) - middle))
        .sorted()
        .toArray()[(int) (0.6 * (at.length - 1))];
  }

  /** Strokes that a row through the line crosses, mean of the middle rows. */
  private double strokes(List<Component> group, TextBox box) {
    boolean[] member = new boolean[labels.components().size()];
    group.forEach(c -> member[c.id()] = true);
    int from = box.y() + box.height() / 5;
    int to = Math.max(from + 1, box.bottom() - box.height() / 5);
    int crossings = 0;
    for (int y = from; y < to; y++) {
      boolean in = false;
      for (int x = box.x(); x < box.right(); x++) {
        int id = labels.of()[y * columns + x];
        boolean on = id >= 0 && member[id];
        crossings += on && !in ? 1 : 0;
        in = on;
      }
    }
    return (double) crossings / (to - from);
  }
}
