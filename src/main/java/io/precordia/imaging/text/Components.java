package io.precordia.imaging.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Connected pixels of a mask (8 neighbours). */
final class Components {
  /**
   * @param box extent
   * @param area pixels
   * @param id label in {@link Labels#of}
   */
  record Component(TextBox box, int area, int id) {}

  /**
   * @param of for each pixel the component, or -1
   */
  record Labels(List<Component> components, int[] of) {
    /** The same with rows and columns exchanged. */
    Labels transposed(int columns, int rows) {
      int[] turned = new int[of.length];
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          turned[x * rows + y] = of[y * columns + x];
        }
      }
      return new Labels(
          components.stream()
              .map(c -> new Component(c.box().transposed(), c.area(), c.id()))
              .toList(),
          turned);
    }
  }

  private Components() {}

  static Labels label(boolean[] mask, int columns, int rows) {
    int[] of = new int[mask.length];
    Arrays.fill(of, -1);
    int[] queue = new int[mask.length];
    List<Component> out = new ArrayList<>();
    for (int start = 0; start < mask.length; start++) {
      if (!mask[start] || of[start] >= 0) {
        continue;
      }
      int id = out.size();
      int head = 0;
      int tail = 0;
      queue[tail++] = start;
      of[start] = id;
      int left = columns;
      int right = -1;
      int top = rows;
      int bottom = -1;
      while (head < tail) {
        int p = queue[head++];
        int x = p % columns;
        int y = p / columns;
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
        for (int dy = -1; dy <= 1; dy++) {
          for (int dx = -1; dx <= 1; dx++) {
            int nx = x + dx;
            int ny = y + dy;
            int q = ny * columns + nx;
            if (nx >= 0 && nx < columns && ny >= 0 && ny < rows && mask[q] && of[q] < 0) {
              of[q] = id;
              queue[tail++] = q;
            }
          }
        }
      }
      out.add(new Component(new TextBox(left, top, right - left + 1, bottom - top + 1), tail, id));
    }
    return new Labels(out, of);
  }
}
