package io.precordia.dicom;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.GreyRendering;
import io.precordia.imaging.RawImage;
import io.precordia.imaging.Voi;
import io.precordia.study.Pixels;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import org.jspecify.annotations.Nullable;

/** An object of one frame as a picture. */
final class FramePicture {
  private FramePicture() {}

  static BufferedImage of(DicomObject object, Voi.@Nullable Window window) {
    PixelFrame frame = PixelFrame.of(object);
    if (frame.samples() == 3) {
      return colour(object, frame);
    }
    if (!frame.photometric().startsWith("MONOCHROME")) {
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_MODALITY,
          "pictures are made of MONOCHROME1, MONOCHROME2, RGB and YBR_FULL");
    }
    RawImage raw = RadiographReader.raw(object, frame);
    RawImage shown =
        window == null
            ? raw
            : new RawImage(
                raw.width(),
                raw.height(),
                raw.stored(),
                raw.modality(),
                window,
                raw.inverted(),
                raw.padding());
    return grey(GreyRendering.render(shown));
  }

  private static BufferedImage grey(Pixels pixels) {
    BufferedImage image =
        new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_BYTE_GRAY);
    byte[] out = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) Math.round(255 * pixels.values()[i]);
    }
    return image;
  }

  private static BufferedImage colour(DicomObject object, PixelFrame f) {
    int[] planes = PixelReader.read(object, f);
    int n = f.pixels();
    String photometric = PixelReader.photometric(object, f);
    boolean ybr = photometric.equals("YBR_FULL");
    if (!ybr && !photometric.equals("RGB")) {
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_MODALITY,
          "pictures are made of MONOCHROME1, MONOCHROME2, RGB and YBR_FULL");
    }
    int shift = Math.max(0, f.bitsStored() - 8);
    BufferedImage image = new BufferedImage(f.columns(), f.rows(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < n; i++) {
      int a = planes[i] >> shift;
      int b = planes[n + i] >> shift;
      int c = planes[2 * n + i] >> shift;
      image.setRGB(i % f.columns(), i / f.columns(), ybr ? rgb(a, b, c) : a << 16 | b << 8 | c);
    }
    return image;
  }

  /** PS3.3 C.7.6.3.1.2, YBR_FULL, inverted. */
  private static int rgb(int y, int cb, int cr) {
    int r = clamp(y + 1.402 * (cr - 128));
    int g = clamp(y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128));
    int b = clamp(y + 1.772 * (cb - 128));
    return r << 16 | g << 8 | b;
  }

  private static int clamp(double value) {
    return (int) Math.clamp(Math.round(value), 0, 255);
  }
}
