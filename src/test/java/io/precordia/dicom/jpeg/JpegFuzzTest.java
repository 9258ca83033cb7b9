package io.precordia.dicom.jpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Damaged streams: a picture or one of two named errors, always soon. More with {@code
 * -Dfuzz.objects=} and another {@code -Dfuzz.seed=}.
 */
class JpegFuzzTest {
  private static final int OBJECTS = Integer.getInteger("fuzz.objects", 4000);
  private static final long SEED = Long.getLong("fuzz.seed", 20261128L);
  private static final Set<ErrorCode> NAMED =
      EnumSet.of(ErrorCode.TRUNCATED, ErrorCode.PIXEL_DECODE_FAILED);

  private static byte[] mutate(byte[] stream, Random random) {
    byte[] out = stream.clone();
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times && out.length > 4; i++) {
      int at = random.nextInt(out.length);
      if (random.nextInt(3) == 0) {
        at = random.nextInt(Math.min(out.length, 60)); // the headers
      }
      switch (random.nextInt(7)) {
        case 0 -> out[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> out[at] = (byte) random.nextInt(256);
        case 2 -> out = Arrays.copyOf(out, at);
        case 3 -> out[at] = (byte) 0xff;
        case 4 -> Arrays.fill(out, at, Math.min(out.length, at + 40), (byte) 0);
        case 5 -> {
          int length = random.nextInt(out.length - at);
          System.arraycopy(out, at, out, random.nextInt(out.length - length), length);
        }
        default -> {
          byte[] longer = Arrays.copyOf(out, out.length + 7);
          System.arraycopy(out, at, longer, at + 7, out.length - at);
          out = longer;
        }
      }
    }
    return out;
  }

  /** What a decoder does with a stream. */
  private interface Decoding {
    int[] of(byte[] stream);
  }

  private static void survive(List<byte[]> seeds, StatedImage image, Decoding decoding) {
    Random random = new Random(SEED);
    int failed = 0;
    for (byte[] seed : seeds) {
      decoding.of(seed);
    }
    for (int i = 0; i < OBJECTS; i++) {
      byte[] damaged = mutate(seeds.get(i % seeds.size()), random);
      int number = i;
      try {
        int[] samples =
            Assertions.assertTimeout(Duration.ofSeconds(30), () -> decoding.of(damaged));
        assertEquals(image.pixels() * image.samples(), samples.length);
      } catch (PrecordiaException e) {
        assertTrue(NAMED.contains(e.code()), () -> "mutant " + number + ": " + e);
        failed++;
      }
    }
    assertTrue(failed > OBJECTS / 4, failed + " of " + OBJECTS + " were refused");
  }

  @Test
  void jpegLs() {
    int width = 40;
    int height = 30;
    List<byte[]> seeds = new ArrayList<>();
    Random random = new Random(SEED);
    byte[] samples = new byte[2 * 3 * width * height];
    for (int i = 0; i < samples.length / 2; i++) {
      int v = i % 5 == 0 ? random.nextInt(4096) : (i % width) * 40;
      samples[2 * i] = (byte) v;
      samples[2 * i + 1] = (byte) (v >> 8);
    }
    try (CharLs peer = new CharLs()) {
      for (int mode = 0; mode < 3; mode++) {
        for (int near : new int[] {0, 6}) {
          seeds.add(peer.encode(samples, new CharLs.Options(width, height, 12, 3, near, mode)));
        }
      }
      seeds.add(
          peer.encode(
              samples, new CharLs.Options(width, height, 12, 3, 0, 1, 4095, 9, 30, 300, 31)));
    }
    StatedImage image = new StatedImage(height, width, 3, 16);
    survive(seeds, image, stream -> JpegLsDecoder.decode(stream, image));
  }

  @Test
  void dct() throws IOException {
    BufferedImage picture = new BufferedImage(50, 37, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(SEED);
    for (int i = 0; i < 50 * 37; i++) {
      picture.setRGB(i % 50, i / 50, i * 977 + (random.nextInt(64) << 8));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(picture, "jpeg", out));
    StatedImage image = new StatedImage(37, 50, 3, 8);
    survive(List.of(out.toByteArray()), image, stream -> DctDecoder.decode(stream, image, true));
  }
}
