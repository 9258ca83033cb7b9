package io.precordia.dicom.deid;

import io.precordia.imaging.text.TextBox;
import io.precordia.train.sim.ChestSimulator;
import io.precordia.train.sim.xray.XrayImage;
import io.precordia.train.sim.xray.XraySimulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pictures with lines of text at their borders, and where the ink lies. */
final class PhiFilm {
  final int columns;
  final int rows;
  final float[] display;
  final boolean[] lungs;
  final List<PhiCase.Line> lines = new ArrayList<>();

  private PhiFilm(int columns, int rows, float[] display, boolean[] lungs) {
    this.columns = columns;
    this.rows = rows;
    this.display = display;
    this.lungs = lungs;
  }

  /** Simulated chest films, rendered once. */
  static List<PhiFilm> bases(long seed, int count) {
    List<PhiFilm> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int size = 480 + 80 * (i % 7);
      XrayImage image = new XraySimulator().render(new ChestSimulator().state(seed, i), size);
      out.add(new PhiFilm(size, size, image.display(), image.lungs()));
    }
    return out;
  }

  static PhiFilm flat(int columns, int rows, float grey) {
    float[] v = new float[columns * rows];
    java.util.Arrays.fill(v, grey);
    return new PhiFilm(columns, rows, v, new boolean[v.length]);
  }

  PhiFilm copy() {
    return new PhiFilm(columns, rows, display.clone(), lungs);
  }

  /** Writes up to four lines as one block at a border, upright or turned. */
  void write(Random r, PhiLettering lettering, List<String> texts) {
    int size = Math.max(columns, rows);
    int height = Math.max(9, (int) (size * (0.016 + 0.026 * r.nextDouble())));
    List<PhiLettering.Mask> masks = new ArrayList<>();
    for (int tries = 0; ; tries++) {
      masks.clear();
      int seedOfFace = r.nextInt();
      for (String text : texts) {
        masks.add(lettering.line(new Random(seedOfFace), text, height));
      }
      int width = masks.stream().mapToInt(PhiLettering.Mask::width).max().orElse(0);
      if (width < 0.9 * Math.min(columns, rows) || tries > 20) {
        break;
      }
      height = Math.max(8, height - 2);
    }
    int turn = r.nextInt(4) == 0 ? 1 + r.nextInt(2) : 0;
    int pitch = (int) Math.round(height * 1.5) + 2;
    int w = masks.stream().mapToInt(PhiLettering.Mask::width).max().orElse(0) + 4;
    int h = pitch * masks.size() + 4;
    float[] block = new float[w * h];
    int[] owner = new int[w * h];
    for (int k = 0; k < masks.size(); k++) {
      PhiLettering.Mask m = masks.get(k);
      for (int y = 0; y < m.height(); y++) {
        for (int x = 0; x < m.width(); x++) {
          int p = (2 + k * pitch + y) * w + 2 + x;
          if (p < block.length && m.alpha()[y * m.width() + x] > block[p]) {
            block[p] = m.alpha()[y * m.width() + x];
            owner[p] = k;
          }
        }
      }
    }
    place(r, w, h, block, owner, turn, masks.size());
  }

  private void place(Random r, int w, int h, float[] block, int[] owner, int turn, int count) {
    int bw = turn == 0 ? w : h;
    int bh = turn == 0 ? h : w;
    int x0 = 0;
    int y0 = 0;
    boolean found = false;
    for (int tries = 0; tries < 200 && !found; tries++) {
      int mx = Math.max(1, columns - bw);
      int my = Math.max(1, rows - bh);
      int edge = (int) (0.03 * columns * r.nextDouble());
      boolean vertical = turn != 0;
      if (vertical || r.nextBoolean()) {
        x0 = r.nextBoolean() ? Math.min(mx - 1, edge) : Math.max(0, mx - 1 - edge);
        y0 = r.nextInt(my);
      } else {
        y0 = r.nextBoolean() ? Math.min(my - 1, edge) : Math.max(0, my - 1 - edge);
        x0 = r.nextInt(mx);
      }
      found = overLung(x0, y0, bw, bh) < 0.005 && free(x0, y0, bw, bh);
    }
    if (!found) {
      return; // no room at the borders
    }
    List<Float> behind = new ArrayList<>();
    for (int y = y0; y < Math.min(rows, y0 + bh); y++) {
      for (int x = x0; x < Math.min(columns, x0 + bw); x++) {
        behind.add(Math.clamp(display[y * columns + x], 0f, 1f));
      }
    }
    java.util.Collections.sort(behind);
    float dark = behind.get(behind.size() / 25);
    float light = behind.get(behind.size() - 1 - behind.size() / 25);
    // Legible against all that lies behind, or on a label of its own.
    int style = r.nextInt(6);
    float ink = 0;
    float paper = Float.NaN;
    if (light <= 0.68) {
      ink = Math.min(1.05f, light + 0.3f + 0.5f * r.nextFloat());
    } else if (dark >= 0.4) {
      ink = dark - 0.3f - 0.2f * r.nextFloat();
    } else {
      style = r.nextInt(2);
    }
    if (style == 0) {
      paper = 0.95f;
      ink = 0.05f;
    } else if (style == 1) {
      paper = 0.0f;
      ink = 0.9f;
    }
    List<List<Integer>> inks = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      inks.add(new ArrayList<>());
    }
    for (int y = 0; y < bh; y++) {
      for (int x = 0; x < bw; x++) {
        int px = x0 + x;
        int py = y0 + y;
        if (px < 0 || py < 0 || px >= columns || py >= rows) {
          continue;
        }
        int sx = turn == 0 ? x : turn == 1 ? y : w - 1 - y;
        int sy = turn == 0 ? y : turn == 1 ? h - 1 - x : x;
        float a = block[sy * w + sx];
        int p = py * columns + px;
        float base = Float.isNaN(paper) ? display[p] : paper;
        display[p] = base * (1 - a) + ink * a;
        if (a > 0.6) {
          inks.get(owner[sy * w + sx]).add(p);
        }
      }
    }
    for (List<Integer> list : inks) {
      if (!list.isEmpty()) {
        lines.add(line(list));
      }
    }
  }

  private double overLung(int x0, int y0, int w, int h) {
    int in = 0;
    int all = 0;
    for (boolean b : lungs) {
      all += b ? 1 : 0;
    }
    for (int y = Math.max(0, y0); y < Math.min(rows, y0 + h); y++) {
      for (int x = Math.max(0, x0); x < Math.min(columns, x0 + w); x++) {
        in += lungs[y * columns + x] ? 1 : 0;
      }
    }
    return all == 0 ? 0 : (double) in / all;
  }

  private boolean free(int x0, int y0, int w, int h) {
    for (PhiCase.Line l : lines) {
      TextBox b = l.box();
      if (x0 < b.x() + b.width() + 8
          && b.x() < x0 + w + 8
          && y0 < b.y() + b.height() + 8
          && b.y() < y0 + h + 8) {
        return false;
      }
    }
    return true;
  }

  private PhiCase.Line line(List<Integer> ink) {
    int left = columns;
    int top = rows;
    int right = 0;
    int bottom = 0;
    for (int p : ink) {
      left = Math.min(left, p % columns);
      right = Math.max(right, p % columns);
      top = Math.min(top, p / columns);
      bottom = Math.max(bottom, p / columns);
    }
    return new PhiCase.Line(
        new TextBox(left, top, right - left + 1, bottom - top + 1),
        ink.stream().mapToInt(Integer::intValue).toArray());
  }
}
