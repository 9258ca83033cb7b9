package io.precordia.dicom.jpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.ImageReaders;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Node;

/**
 * Streams of 8 bits that the Java runtime writes and reads; those of 12 bits are compared with
 * DCMTK in {@code CompressedFilmTest}.
 */
class DctDecoderTest {
  private static final int WIDTH = 83;
  private static final int HEIGHT = 45;

  private static BufferedImage grey() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH;
      image
          .getRaster()
          .setSample(x, y, 0, (int) (128 + 100 * Math.sin(x / 5.0) * Math.cos(y / 3.0)));
    }
    return image;
  }

  private static byte[] written(BufferedImage image, int interval) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
    if (interval > 0) {
      Node root = metadata.getAsTree("javax_imageio_jpeg_image_1.0");
      IIOMetadataNode dri = new IIOMetadataNode("dri");
      dri.setAttribute("interval", Integer.toString(interval));
      root.getLastChild().insertBefore(dri, root.getLastChild().getFirstChild());
      metadata.setFromTree("javax_imageio_jpeg_image_1.0", root);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, metadata), null);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static BufferedImage read(byte[] stream) throws IOException {
    ImageReader reader = ImageReaders.of(stream).orElseThrow();
    try (ImageInputStream in = ImageReaders.stream(stream)) {
      reader.setInput(in, true, true);
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }

  private static boolean holds(byte[] stream, int marker) {
    for (int i = 0; i + 1 < stream.length; i++) {
      if (stream[i] == (byte) 0xff && stream[i + 1] == (byte) marker) {
        return true;
      }
    }
    return false;
  }

  @Test
  void greyWithAndWithoutRestartIntervals() throws IOException {
    for (int interval : new int[] {0, 1, 7}) {
      byte[] stream = written(grey(), interval);
      assertEquals(interval > 0, holds(stream, 0xd0), "restart markers, interval " + interval);
      int[] ours = DctDecoder.decode(stream, new StatedImage(HEIGHT, WIDTH, 1, 8), false);
      BufferedImage theirs = read(stream);
      for (int i = 0; i < ours.length; i++) {
        assertEquals(
            theirs.getRaster().getSample(i % WIDTH, i / WIDTH, 0), ours[i], 1, "sample " + i);
      }
    }
  }

  @Test
  void whatIsDamagedOrOtherwiseIsRefused() throws IOException {
    byte[] stream = written(grey(), 0);
    StatedImage image = new StatedImage(HEIGHT, WIDTH, 1, 8);
    int scan = 0;
    while (stream[scan] != (byte) 0xff || stream[scan + 1] != (byte) 0xda) {
      scan++;
    }
    for (int length : new int[] {0, 1, 3, 30, scan, scan + 5, stream.length - 40}) {
      assertEquals(
          ErrorCode.TRUNCATED,
          code(Arrays.copyOf(stream, length), image),
          "of " + length + " bytes");
    }
    assertEquals(ErrorCode.PIXEL_DECODE_FAILED, code(stream, new StatedImage(HEIGHT, 84, 1, 8)));
    assertEquals(ErrorCode.PIXEL_DECODE_FAILED, code(stream, new StatedImage(HEIGHT, WIDTH, 3, 8)));
    byte[] progressive = stream.clone();
    for (int i = 0; i < scan; i++) {
      if (progressive[i] == (byte) 0xff && progressive[i + 1] == (byte) 0xc0) {
        progressive[i + 1] = (byte) 0xc2;
      }
    }
    assertEquals(ErrorCode.PIXEL_DECODE_FAILED, code(progressive, image));
    byte[] noTables = new byte[stream.length];
    int n = 0;
    for (int i = 0; i < stream.length; ) {
      if (i < scan && stream[i] == (byte) 0xff && stream[i + 1] == (byte) 0xc4) {
        i += 2 + ((stream[i + 2] & 0xff) << 8 | stream[i + 3] & 0xff);
      } else {
        noTables[n++] = stream[i++];
      }
    }
    assertTrue(n < stream.length);
    assertEquals(ErrorCode.PIXEL_DECODE_FAILED, code(Arrays.copyOf(noTables, n), image));
  }

  private static ErrorCode code(byte[] stream, StatedImage image) {
    return assertThrows(PrecordiaException.class, () -> DctDecoder.decode(stream, image, false))
        .code();
  }
}
