package io.precordia.study;

/**
 * A decoded greyscale radiograph, after modality LUT, VOI and polarity: 0 is black, 1 is white,
 * dense tissue (bone) is bright.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param values row-major, {@code width*height}, each finite and in [0, 1]
 */
public record Pixels(int width, int height, float[] values) implements Content {
  public Pixels {
    if (width < 1 || height < 1 || values.length != (long) width * height) {
      throw new IllegalArgumentException(
          "pixels: " + width + " x " + height + " with " + values.length + " values");
    }
  }

  @Override
  public Modality modality() {
    return Modality.XRAY;
  }
}
