package io.precordia.imaging;

/**
 * PyTorch's antialiased {@code interpolate} of 8-bit pictures to the octet, which the hub's image
 * processors use from release 5 on: Pillow's filters and passes, but with weights of 16 bits. So an
 * octet differs from Pillow's by one now and then. PyTorch has it for bilinear and bicubic, and
 * torchvision from 0.27 on for Lanczos (before, the reference took bicubic in its place and said
 * so). Its nearest sample is found in fp32, which matters where a centre falls between two samples.
 * The other filters are Pillow's.
 */
public final class TorchResize {
  private TorchResize() {}

  /** The picture itself if it has that size already. */
  public static Picture resize(Picture picture, int width, int height, Resample filter) {
    return switch (filter) {
      case BILINEAR, BICUBIC, LANCZOS ->
          FixedPointResize.resize(picture, width, height, filter, FixedPointTaps::torch);
      case NEAREST ->
          picture.width() == width && picture.height() == height
              ? picture
              : PillowResize.picked(
                  picture, nearest(picture.width(), width), nearest(picture.height(), height));
      case BOX, HAMMING -> PillowResize.resize(picture, width, height, filter);
    };
  }

  /** PyTorch's mode "nearest-exact": the sample under the pixel's centre. */
  private static int[] nearest(int in, int out) {
    float scale = (float) in / out;
    int[] at = new int[out];
    for (int i = 0; i < out; i++) {
      at[i] = Math.min(in - 1, (int) ((i + 0.5f) * scale));
    }
    return at;
  }
}
