package io.precordia.dicom.web;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.function.Function;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
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
    return write("png", image, ImageWriter::getDefaultWriteParam);
  }

  /**
   * @param quality 1 (worst) to 100
   */
  public static byte[] jpeg(BufferedImage image, int quality) {
    return write(
        "jpeg",
        opaque(image),
        writer -> {
          ImageWriteParam parameters = writer.getDefaultWriteParam();
          parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
          parameters.setCompressionQuality(quality / 100f);
          return parameters;
        });
  }

  /** Reads a PNG or JPEG that this program made. */
  public static BufferedImage read(byte[] picture) {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(picture))) {
      ImageReader reader =
          ofPlatform(
              ImageIO.getImageReadersByFormatName((picture[0] & 0xff) == 0x89 ? "png" : "jpeg"));
      reader.setInput(in);
      return reader.read(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] write(
      String format, BufferedImage image, Function<ImageWriter, ImageWriteParam> parameters) {
    ImageWriter writer = ofPlatform(ImageIO.getImageWritersByFormatName(format));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters.apply(writer));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  // The DICOM toolkit registers readers and writers of its own, which need a native library.
  private static <T> T ofPlatform(Iterator<T> found) {
    while (found.hasNext()) {
      T one = found.next();
      if (one.getClass().getModule().equals(BufferedImage.class.getModule())) {
        return one;
      }
    }
    throw new PrecordiaException(
        ErrorCode.INTERNAL, "this Java runtime has no reader and writer of PNG and JPEG");
  }

  private static BufferedImage opaque(BufferedImage image) {
    return image.getColorModel().hasAlpha()
        ? scaled(image, image.getWidth(), image.getHeight())
        : image;
  }
}
