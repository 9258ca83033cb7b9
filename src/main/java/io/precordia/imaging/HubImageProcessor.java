package io.precordia.imaging;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.List;

/**
 * The hub's image processors (ViT, CLIP, SigLIP, BiT): resize as PyTorch does, cut the centre,
 * rescale, normalise. Thread-safe.
 */
public final class HubImageProcessor {
  private final HubImageSettings settings;

  public HubImageProcessor(HubImageSettings settings) {
    this.settings = settings;
  }

  /** Whether all pictures come out in the same size, whatever theirs is. */
  public boolean givesOneSize() {
    return settings.crop() != null || settings.target() instanceof ResizeTarget.Exact;
  }

  /**
   * Values for one picture.
   *
   * @throws PrecordiaException INVALID_ARGUMENT if the picture's channels are not those of the
   *     normalisation
   */
  public PixelValues process(Picture picture) {
    // In the reference, too, three means make three channels of a grey picture, whether it was
    // made RGB before or not.
    boolean three = settings.convertRgb() || settings.mean().size() == 3;
    Picture p = three ? picture.toRgb() : picture;
    if (settings.mean().size() > 1 && settings.mean().size() != p.channels()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "the picture has "
              + p.channels()
              + " channels but the image processor normalises "
              + settings.mean().size());
    }
    ResizeTarget target = settings.target();
    if (target != null) {
      p = TorchResize.resize(p, target.widthFor(p), target.heightFor(p), settings.filter());
    }
    ResizeTarget crop = settings.crop();
    return values(crop == null ? p : cut(p, crop.widthFor(p), crop.heightFor(p)));
  }

  /** The centre; where the picture is smaller, black around it, an odd row or column behind. */
  private static Picture cut(Picture in, int width, int height) {
    // Division cuts toward zero: an odd rest lies behind the cut, and behind the picture.
    int left = (in.width() - width) / 2;
    int top = (in.height() - height) / 2;
    int channels = in.channels();
    byte[] out = new byte[width * height * channels];
    int from = Math.max(0, -left);
    int count = Math.min(width, in.width() - left) - from;
    for (int y = Math.max(0, -top); y < Math.min(height, in.height() - top); y++) {
      System.arraycopy(
          in.samples(),
          ((y + top) * in.width() + from + left) * channels,
          out,
          (y * width + from) * channels,
          count * channels);
    }
    return new Picture(width, height, channels, out);
  }

  private PixelValues values(Picture p) {
    int channels = p.channels();
    int pixels = p.width() * p.height();
    float[] out = new float[channels * pixels];
    for (int c = 0; c < channels; c++) {
      // An octet has 256 values, so that each channel needs its arithmetic only that often.
      float[] table = table(c);
      for (int i = 0; i < pixels; i++) {
        out[c * pixels + i] = table[p.samples()[i * channels + c] & 0xFF];
      }
    }
    return new PixelValues(channels, p.height(), p.width(), out);
  }

  private float[] table(int channel) {
    float[] out = new float[256];
    float mean = of(settings.mean(), channel, 0);
    float deviation = of(settings.deviation(), channel, 1);
    for (int i = 0; i < out.length; i++) {
      out[i] = ((float) (i * settings.rescale()) - mean) / deviation;
    }
    return out;
  }

  private static float of(List<Double> values, int channel, float orElse) {
    return values.isEmpty() ? orElse : values.get(values.size() == 1 ? 0 : channel).floatValue();
  }
}
