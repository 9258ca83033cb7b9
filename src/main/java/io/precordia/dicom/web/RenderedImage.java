package io.precordia.dicom.web;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Fits a picture into a viewport and encodes it (PS3.18 8.3.5.1.3, 8.3.5.1.2). Stateless. */
public final class RenderedImage {
  private RenderedImage() {}

  /** The part of a picture that a region names, which must lie within it. */
  public static BufferedImage cut(BufferedImage in, int x, int y, int width, int height) {
    if (x < 0
        || y < 0
        || width < 1
        || height < 1
        || (long) x + width > in.getWidth()
        || (long) y + height > in.getHeight()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "the region asked for does not lie within the image");
    }
    return in.getSubimage(x, y, width, height);
  }

  /** Scaled to fit, aspect ratio kept; never larger than the viewport. */
  public static BufferedImage fit(BufferedImage in, int width, int height) {
    double scale = Math.min((double) width / in.getWidth(), (double) height / in.getHeight());
    int w = Math.max(1, (int) Math.round(in.getWidth() * scale));
    int h = Math.max(1, (int) Math.round(in.getHeight() * scale));
    BufferedImage at = in;
    // Halving first: a single bilinear step would skip pixels.
    while (at.getWidth() >= 2 * w && at.getHeight() >= 2 * h) {
      at = scaled(at, at.getWidth() / 2, at.getHeight() / 2);
    }
    return at.getWidth() == w && at.getHeight() == h ? at : scaled(at, w, h);
  }

  private static BufferedImage scaled(BufferedImage in, int width, int height) {
    int type =
        in.getType() == BufferedImage.TYPE_BYTE_GRAY ? in.getType() : BufferedImage.TYPE_INT_RGB;
    BufferedImage out = new BufferedImage(width, height, type);
    Graphics2D g = out.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(in, 0, 0, width, height, null);
    g.dispose();
    return out;
  }

  public static byte[] png(BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * @param quality 1 (worst) to 100
   */
  public static byte[] jpeg(BufferedImage image, int quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(quality / 100f);
      writer.setOutput(out);
      writer.write(null, new IIOImage(opaque(image), null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage opaque(BufferedImage image) {
    return image.getColorModel().hasAlpha()
        ? scaled(image, image.getWidth(), image.getHeight())
        : image;
  }
}
