package io.precordia.api;

import io.precordia.ecg.EcgPaper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.text.Blanking;
import io.precordia.imaging.text.BurnedInText;
import io.precordia.imaging.text.TextBox;
import io.precordia.study.Content;
import io.precordia.study.Ecg;
import io.precordia.study.Pixels;
import io.precordia.study.Report;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Contents as PNG. */
final class Pictures {
  private static final int PAPER_MM = 270;
  private static final int THUMBNAIL = 160;

  private Pictures() {}

  /**
   * An X-ray as it is, or an ECG on paper at 25 mm/s and 10 mm/mV.
   *
   * @param width pixels, 1 to 4096; 0 is the X-ray's own width, or 4 pixels a millimetre of paper
   */
  static byte[] rendered(Content content, int width) {
    return switch (content) {
      case Pixels pixels ->
          xray(pixels, width == 0 ? pixels.width() : Math.min(width, pixels.width()));
      case Ecg ecg ->
          EcgPaper.png(ecg, width == 0 ? 4 : Math.clamp((double) width / PAPER_MM, 1, 15));
      case Report report -> throw noPicture();
    };
  }

  /** An X-ray without text that is drawn into it; anything else as it is. */
  static Content withoutText(Content content) {
    if (!(content instanceof Pixels pixels)) {
      return content;
    }
    float[] values = pixels.values().clone();
    for (TextBox box : new BurnedInText().find(values, pixels.width(), pixels.height())) {
      Blanking.fill(values, pixels.width(), pixels.height(), box);
    }
    return new Pixels(pixels.width(), pixels.height(), values);
  }

  static byte[] thumbnail(Content content) {
    return switch (content) {
      case Pixels pixels ->
          xray(
              pixels,
              Math.min(
                  pixels.width(),
                  Math.max(
                      1, THUMBNAIL * pixels.width() / Math.max(pixels.width(), pixels.height()))));
      case Ecg ecg -> EcgPaper.thumbnail(ecg, 2 * THUMBNAIL, THUMBNAIL / 2);
      case Report report -> throw noPicture();
    };
  }

  private static PrecordiaException noPicture() {
    return new PrecordiaException(
        ErrorCode.NOT_FOUND, "a report has no picture; its words are under /report");
  }

  /** Mean of the pixels that fall on each output pixel. */
  private static byte[] xray(Pixels in, int width) {
    int height = Math.max(1, (int) Math.round((double) in.height() * width / in.width()));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    byte[] out = ((java.awt.image.DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int y = 0; y < height; y++) {
      int y0 = (int) ((long) y * in.height() / height);
      int y1 = Math.max(y0 + 1, (int) ((long) (y + 1) * in.height() / height));
      for (int x = 0; x < width; x++) {
        int x0 = (int) ((long) x * in.width() / width);
        int x1 = Math.max(x0 + 1, (int) ((long) (x + 1) * in.width() / width));
        double sum = 0;
        for (int v = y0; v < y1; v++) {
          for (int u = x0; u < x1; u++) {
            sum += in.values()[v * in.width() + u];
          }
        }
        out[y * width + x] = (byte) Math.round(255 * sum / ((y1 - y0) * (x1 - x0)));
      }
    }
    return png(image);
  }

  private static byte[] png(BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
