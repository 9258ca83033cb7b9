package io.precordia.dicom;

import io.precordia.dicom.jpeg.DctDecoder;
import io.precordia.dicom.jpeg.JpegLsDecoder;
import io.precordia.dicom.jpeg.JpegProcess;
import io.precordia.dicom.jpeg.StatedImage;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.ImageReaders;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * JPEG (baseline, extended, lossless), JPEG-LS and JPEG 2000 frames, by pure-Java readers; JPEG-LS
 * and samples of 12 bits by our own, since no library of Maven Central has them (docs/decisions/
 * 0006).
 */
final class CompressedFrame {
  private static final Set<String> SYNTAXES =
      Set.of(
          "1.2.840.10008.1.2.4.50",
          "1.2.840.10008.1.2.4.51",
          "1.2.840.10008.1.2.4.57",
          "1.2.840.10008.1.2.4.70",
          "1.2.840.10008.1.2.4.80",
          "1.2.840.10008.1.2.4.81",
          "1.2.840.10008.1.2.4.90",
          "1.2.840.10008.1.2.4.91");
  private static final Set<String> JPEG_LS =
      Set.of("1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81");

  private CompressedFrame() {}

  static boolean supports(String transferSyntax) {
    return SYNTAXES.contains(transferSyntax);
  }

  /**
   * Whether colour comes as RGB whatever the object states. JPEG-LS transforms no colour (PS3.5
   * 8.2.3), so there it comes as it is stated.
   */
  static boolean givesRgb(String transferSyntax) {
    return supports(transferSyntax) && !JPEG_LS.contains(transferSyntax);
  }

  /**
   * Values [samples · pixels], plane after plane.
   *
   * @throws PrecordiaException TRUNCATED; PIXEL_DECODE_FAILED if the stream is damaged, of a
   *     process that the readers do not know, or not of the stated size
   */
  static int[] decode(byte[] stream, String transferSyntax, PixelFrame f) {
    StatedImage stated =
        new StatedImage(f.rows(), f.columns(), f.samples(), Math.min(16, f.bitsAllocated()));
    JpegProcess process =
        JpegProcess.of(stream)
            .orElse(JPEG_LS.contains(transferSyntax) ? JpegProcess.JPEG_LS : JpegProcess.OTHER);
    int[] words =
        switch (process) {
          case JPEG_LS -> JpegLsDecoder.decode(stream, stated);
          case DCT_12 -> DctDecoder.decode(stream, stated, f.photometric().startsWith("YBR"));
          case OTHER -> byLibrary(stream, f);
        };
    for (int i = 0; i < words.length; i++) {
      words[i] = f.value(words[i]);
    }
    return words;
  }

  private static int[] byLibrary(byte[] stream, PixelFrame f) {
    try {
      Optional<ImageReader> found = ImageReaders.of(stream);
      if (found.isEmpty()) {
        throw failed(null);
      }
      ImageReader reader = found.get();
      try (ImageInputStream in = ImageReaders.stream(stream)) {
        reader.setInput(in, true, true);
        if (reader.getWidth(0) != f.columns() || reader.getHeight(0) != f.rows()) {
          throw new PrecordiaException(
              ErrorCode.PIXEL_DECODE_FAILED,
              "the compressed image has another size than the object states");
        }
        Raster raster =
            f.samples() == 1 && reader.canReadRaster()
                ? reader.readRaster(0, null)
                : reader.read(0, reader.getDefaultReadParam()).getRaster();
        if (raster.getNumBands() < f.samples()) {
          throw failed(null);
        }
        int[] out = new int[f.pixels() * f.samples()];
        for (int s = 0; s < f.samples(); s++) {
          int[] band =
              raster.getSamples(
                  raster.getMinX(), raster.getMinY(), f.columns(), f.rows(), s, (int[]) null);
          System.arraycopy(band, 0, out, s * f.pixels(), band.length);
        }
        return out;
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw e instanceof PrecordiaException known ? known : failed(e);
    }
  }

  private static PrecordiaException failed(@org.jspecify.annotations.Nullable Throwable cause) {
    return new PrecordiaException(
        ErrorCode.PIXEL_DECODE_FAILED,
        "the compressed pixel data are damaged or of a process without decoder; send the object uncompressed",
        cause);
  }
}
