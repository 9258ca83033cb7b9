package io.precordia.train.explain;

/** A mask grown by a disc. */
final class Dilation {
  private Dilation() {}

  static boolean[] of(boolean[] mask, int side, int radius) {
    boolean[] out = new boolean[mask.length];
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] && border(mask, side, i)) {
        stamp(out, side, i, radius);
      } else if (mask[i]) {
        out[i] = true;
      }
    }
    return out;
  }

  private static boolean border(boolean[] mask, int side, int at) {
    int x = at % side;
    return x == 0
        || x == side - 1
        || at < side
        || at >= mask.length - side
        || !mask[at - 1]
        || !mask[at + 1]
        || !mask[at - side]
        || !mask[at + side];
  }

  private static void stamp(boolean[] out, int side, int at, int radius) {
    int row = at / side;
    int column = at % side;
    for (int y = Math.max(0, row - radius); y <= Math.min(side - 1, row + radius); y++) {
      int half = (int) Math.sqrt(radius * radius - (y - row) * (y - row));
      for (int x = Math.max(0, column - half); x <= Math.min(side - 1, column + half); x++) {
        out[y * side + x] = true;
      }
    }
  }
}
