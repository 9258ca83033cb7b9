package io.precordia.train.data;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Pixels;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** JPEG and PNG files of the training sets to grey values. */
final class GreyImages {
  private GreyImages() {}

  /** Mean over the colour channels, scaled by the sample's bit depth to [0, 1]. */
  static Pixels read(Path file) {
    BufferedImage image;
    try {
      image = ImageIO.read(file.toFile());
    } catch (IOException e) {
      throw unreadable(e);
    }
    if (image == null) {
      throw unreadable(null);
    }
    Raster raster = image.getRaster();
    int bands = Math.min(3, raster.getNumBands());
    float scale = 1f / (bands * ((1 << raster.getSampleModel().getSampleSize(0)) - 1));
    float[] out = new float[image.getWidth() * image.getHeight()];
    int[] row = new int[image.getWidth() * raster.getNumBands()];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(0, y, image.getWidth(), 1, row);
      for (int x = 0; x < image.getWidth(); x++) {
        int sum = 0;
        for (int b = 0; b < bands; b++) {
          sum += row[x * raster.getNumBands() + b];
        }
        out[y * image.getWidth() + x] = sum * scale;
      }
    }
    return new Pixels(image.getWidth(), image.getHeight(), out);
  }

  private static PrecordiaException unreadable(
      @org.jspecify.annotations.Nullable Throwable cause) {
    return new PrecordiaException(
        ErrorCode.PIXEL_DECODE_FAILED, "an image of the training set cannot be decoded", cause);
  }
}
