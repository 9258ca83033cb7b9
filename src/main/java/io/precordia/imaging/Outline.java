package io.precordia.imaging;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The outline of the most relevant area of a map: the cells around the largest value that are above
 * a part of it.
 *
 * @param corners x, y pairs in cells from the upper left corner, clockwise, the first not repeated;
 *     only where the direction changes
 * @param share of the sum of all values that lies inside, 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
public record Outline(float[] corners, double share) {
  private static final int[] DX = {1, 0, -1, 0};
  private static final int[] DY = {0, 1, 0, -1};

  /**
   * @param values row-major, 0 or more, one of them above 0
   * @param part of the largest value that a cell inside must reach, above 0 and below 1
   */
  public static Outline of(float[] values, int width, int height, double part) {
    int peak = 0;
    double total = 0;
    for (int i = 0; i < width * height; i++) {
      peak = values[i] > values[peak] ? i : peak;
      total += values[i];
    }
    if (!(values[peak] > 0)) {
      throw new IllegalArgumentException("a map without relevance has no outline");
    }
    boolean[] inside = component(values, width, height, peak, values[peak] * part);
    double sum = 0;
    int first = -1;
    for (int i = 0; i < inside.length; i++) {
      if (inside[i]) {
        sum += values[i];
        first = first < 0 ? i : first;
      }
    }
    return new Outline(trace(inside, width, height, first), sum / total);
  }

  /** Cells connected by sides with the peak. */
  private static boolean[] component(
      float[] values, int width, int height, int peak, double least) {
    boolean[] inside = new boolean[width * height];
    ArrayDeque<Integer> open = new ArrayDeque<>(List.of(peak));
    inside[peak] = true;
    while (!open.isEmpty()) {
      int at = open.remove();
      for (int d = 0; d < 4; d++) {
        int x = at % width + DX[d];
        int y = at / width + DY[d];
        int next = y * width + x;
        if (x >= 0 && y >= 0 && x < width && y < height && !inside[next] && values[next] >= least) {
          inside[next] = true;
          open.add(next);
        }
      }
    }
    return inside;
  }

  /** Walks along the outer sides with the area on the right hand, from its uppermost left cell. */
  private static float[] trace(boolean[] inside, int width, int height, int first) {
    int startX = first % width;
    int startY = first / width;
    int x = startX;
    int y = startY;
    int direction = 0;
    List<Float> corners = new ArrayList<>(List.of((float) x, (float) y));
    do {
      x += DX[direction];
      y += DY[direction];
      int before = direction;
      if (!cell(inside, width, height, x, y, direction, true)) {
        direction = (direction + 1) % 4;
      } else if (cell(inside, width, height, x, y, direction, false)) {
        direction = (direction + 3) % 4;
      }
      if (direction != before && !(x == startX && y == startY)) {
        corners.add((float) x);
        corners.add((float) y);
      }
    } while (!(x == startX && y == startY));
    float[] out = new float[corners.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = corners.get(i);
    }
    return out;
  }

  /** The cell ahead of a corner on the right or left hand. */
  private static boolean cell(
      boolean[] inside, int width, int height, int x, int y, int direction, boolean right) {
    // the cell whose nearest corner is (x, y): ahead and to the side
    int side = right ? (direction + 1) % 4 : (direction + 3) % 4;
    int cx = x + (DX[direction] + DX[side] < 0 ? -1 : 0);
    int cy = y + (DY[direction] + DY[side] < 0 ? -1 : 0);
    return cx >= 0 && cy >= 0 && cx < width && cy < height && inside[cy * width + cx];
  }

  /** The corners in an image that the map covers evenly. */
  public float[] scaled(double byX, double byY) {
    float[] out = corners.clone();
    for (int i = 0; i < out.length; i += 2) {
      out[i] = (float) (out[i] * byX);
      out[i + 1] = (float) (out[i + 1] * byY);
    }
    return out;
  }
}
