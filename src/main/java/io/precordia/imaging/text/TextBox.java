package io.precordia.imaging.text;

/**
 * A rectangle of pixels.
 *
 * @param x first column
 * @param y first row
 */
public record TextBox(int x, int y, int width, int height) {
  int right() {
    return x + width;
  }

  int bottom() {
    return y + height;
  }

  TextBox union(TextBox o) {
    int left = Math.min(x, o.x);
    int top = Math.min(y, o.y);
    return new TextBox(
        left, top, Math.max(right(), o.right()) - left, Math.max(bottom(), o.bottom()) - top);
  }

  boolean meets(TextBox o) {
    return x < o.right() && o.x < right() && y < o.bottom() && o.y < bottom();
  }

  TextBox grown(int dx, int dy, int columns, int rows) {
    int left = Math.max(0, x - dx);
    int top = Math.max(0, y - dy);
    return new TextBox(
        left, top, Math.min(columns, right() + dx) - left, Math.min(rows, bottom() + dy) - top);
  }

  /** The same place with rows and columns exchanged. */
  TextBox transposed() {
    return new TextBox(y, x, height, width);
  }

  TextBox times(int k, int columns, int rows) {
    return new TextBox(
        x * k, y * k, Math.min(columns, right() * k) - x * k, Math.min(rows, bottom() * k) - y * k);
  }
}
