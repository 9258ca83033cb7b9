package io.precordia.imaging;

/** The size that an image processor resizes to. */
public sealed interface ResizeTarget {
  int widthFor(Picture picture);

  int heightFor(Picture picture);

  /** Exactly this size, whatever becomes of the proportions. */
  record Exact(int height, int width) implements ResizeTarget {
    @Override
    public int widthFor(Picture picture) {
      return width;
    }

    @Override
    public int heightFor(Picture picture) {
      return height;
    }
  }

  /**
   * The shorter side becomes {@code edge}; the longer one keeps proportion, cut to whole pixels.
   */
  record ShortestEdge(int edge) implements ResizeTarget {
    @Override
    public int widthFor(Picture picture) {
      return side(picture.width(), picture.height());
    }

    @Override
    public int heightFor(Picture picture) {
      return side(picture.height(), picture.width());
    }

    private int side(int own, int other) {
      return own <= other ? edge : (int) ((double) ((long) edge * own) / other);
    }
  }
}
