package io.precordia.imaging;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Decoded;
import io.precordia.study.Flag;
import io.precordia.study.Identity;
import io.precordia.study.Pixels;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * PNG (1 to 16 bits, grey, colour, palette, alpha) and JPEG files. Grey values are the mean of the
 * colour channels as the file holds them, black 0 and white 1: such files carry no polarity or
 * window. A clearly coloured picture is no radiograph and is flagged. Thread-safe.
 */
public final class ImageFileDecoder {
  /** Most pixels that are decoded; a size beyond it is refused from the header. */
  public static final long MAX_PIXELS = 100_000_000;

  /** A picture whose channels differ by more than this on average (0 to 1) is coloured. */
  private static final double COLOURED = 0.04;

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private ImageFileDecoder() {}

  /** Whether the bytes begin as PNG or JPEG do. */
  public static boolean looksLikeImage(byte[] bytes) {
    return isPng(bytes) || isJpeg(bytes);
  }

  private static boolean isPng(byte[] bytes) {
    if (bytes.length < PNG.length) {
      return false;
    }
    for (int i = 0; i < PNG.length; i++) {
      if (bytes[i] != PNG[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isJpeg(byte[] bytes) {
    return bytes.length > 3
        && bytes[0] == (byte) 0xff
        && bytes[1] == (byte) 0xd8
        && bytes[2] == (byte) 0xff;
  }

  /**
   * @throws PrecordiaException UNSUPPORTED_FORMAT, TOO_LARGE, TRUNCATED or PIXEL_DECODE_FAILED
   */
  public static Decoded decode(byte[] bytes) {
    String format = isPng(bytes) ? "png" : "jpeg";
    ColourImage image = read(bytes, ColourImage::of);
    if (image.colourfulness() > COLOURED) {
      return new Decoded(
          format,
          Identity.UNKNOWN,
          null,
          List.of(
              new Flag(
                  ErrorCode.UNSUPPORTED_MODALITY,
                  "a colour picture is no radiograph; send the greyscale image")));
    }
    return new Decoded(format, Identity.UNKNOWN, image.grey(), List.of());
  }

  /** The grey picture of a file, coloured or not. */
  public static Pixels grey(byte[] bytes) {
    return read(bytes, ColourImage::of).grey();
  }

  /**
   * Decodes the file and hands the picture on; what {@code use} throws counts as damage, too.
   *
   * @throws PrecordiaException UNSUPPORTED_FORMAT, TOO_LARGE, TRUNCATED or PIXEL_DECODE_FAILED
   */
  static <T> T read(byte[] bytes, Function<BufferedImage, T> use) {
    if (!looksLikeImage(bytes)) {
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_FORMAT, "the file is neither PNG nor JPEG");
    }
    try {
      Optional<ImageReader> found = ImageReaders.of(bytes);
      if (found.isEmpty()) {
        throw new PrecordiaException(
            ErrorCode.PIXEL_DECODE_FAILED, "the image header is damaged; export the file again");
      }
      ImageReader reader = found.get();
      try (ImageInputStream in = ImageReaders.stream(bytes)) {
        reader.setInput(in, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MAX_PIXELS) {
          throw new PrecordiaException(
              ErrorCode.TOO_LARGE,
              "the image has more than " + MAX_PIXELS + " pixels; send a smaller one");
        }
        BufferedImage image = reader.read(0, new ImageReadParam());
        return use.apply(image);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      if (e instanceof PrecordiaException known) {
        throw known;
      }
      throw new PrecordiaException(
          ErrorCode.PIXEL_DECODE_FAILED,
          "the image data are damaged or cut short; export the file again",
          e);
    }
  }
}
