package io.precordia.dicom.jpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Every mode and precision against CharLS: the values that it decodes must be ours, all of them.
 */
class JpegLsPeerTest {
  /** Edges, gradients, flat areas and noise, so that every mode of the coder is met. */
  private static int[] plane(Random random, int width, int height, int bits) {
    int largest = (1 << bits) - 1;
    int[] out = new int[width * height];
    int kind = random.nextInt(4);
    for (int i = 0; i < out.length; i++) {
      int x = i % width;
      int y = i / width;
      double v =
          switch (kind) {
            case 0 -> (x + 2.0 * y) / (width + 2 * height) + 0.02 * random.nextGaussian();
            case 1 -> (x / 7 + y / 5) % 3 == 0 ? 1 : 0.1;
            case 2 -> random.nextDouble();
            default -> Math.hypot(x - width / 2, y - height / 2) < height / 3 ? 0.7 : 0;
          };
      out[i] = (int) Math.clamp(Math.round(v * largest), 0, largest);
    }
    return out;
  }

  /** Samples as bytes or words, components apart, by line or by sample. */
  private static byte[] buffer(
      int[] planes, int width, int height, int components, int mode, int bits) {
    int n = width * height;
    int bytes = bits > 8 ? 2 : 1;
    byte[] out = new byte[planes.length * bytes];
    for (int c = 0; c < components; c++) {
      for (int i = 0; i < n; i++) {
        int at =
            switch (mode) {
              case 0 -> c * n + i;
              // CharLS takes pixels together for both interleaved modes
              default -> i * components + c;
            };
        out[at * bytes] = (byte) planes[c * n + i];
        if (bytes == 2) {
          out[at * bytes + 1] = (byte) (planes[c * n + i] >> 8);
        }
      }
    }
    return out;
  }

  private static int[] planes(
      byte[] buffer, int width, int height, int components, int mode, int bits) {
    int n = width * height;
    int bytes = bits > 8 ? 2 : 1;
    int[] out = new int[n * components];
    for (int c = 0; c < components; c++) {
      for (int i = 0; i < n; i++) {
        int at = bytes * (mode == 0 ? c * n + i : i * components + c);
        out[c * n + i] = buffer[at] & 0xff | (bytes == 2 ? (buffer[at + 1] & 0xff) << 8 : 0);
      }
    }
    return out;
  }

  private static void same(CharLs peer, int[] samples, CharLs.Options o, String what) {
    byte[] raw = buffer(samples, o.width(), o.height(), o.components(), o.interleave(), o.bits());
    byte[] stream = peer.encode(raw, o);
    int[] ours =
        JpegLsDecoder.decode(stream, new StatedImage(o.height(), o.width(), o.components(), 16));
    int[] theirs =
        planes(
            peer.decode(stream, raw.length),
            o.width(),
            o.height(),
            o.components(),
            o.interleave(),
            o.bits());
    assertArrayEquals(theirs, ours, what);
    if (o.near() == 0) {
      assertArrayEquals(samples, ours, what);
    }
  }

  @Test
  void everyPrecisionModeAndNearness() {
    try (CharLs peer = new CharLs()) {
      for (int bits = 2; bits <= 16; bits++) {
        for (int near : new int[] {0, 1, 3, 20, 255}) {
          int full = (1 << bits) - 1;
          if (near > Math.min(255, full / 2)) {
            continue;
          }
          for (int mode = 0; mode < 3; mode++) {
            for (int round = 0; round < 2; round++) {
              Random random = new Random(1000L * bits + 10 * near + 4 * mode + round);
              int components = mode == 0 && round == 0 ? 1 : 3;
              int width = 1 + random.nextInt(90);
              int height = 1 + random.nextInt(60);
              int[] samples = new int[width * height * components];
              for (int c = 0; c < components; c++) {
                int[] plane = plane(random, width, height, bits);
                System.arraycopy(plane, 0, samples, c * plane.length, plane.length);
              }
              same(
                  peer,
                  samples,
                  new CharLs.Options(width, height, bits, components, near, mode),
                  bits + " bits, near " + near + ", mode " + mode + ", " + width + "x" + height);
            }
          }
        }
      }
    }
  }

  /** Only MAXVAL stays that of the precision: CharLS writes another one but codes without it. */
  @Test
  void presetParametersOtherThanTheDefaults() {
    try (CharLs peer = new CharLs()) {
      Random random = new Random(7);
      for (int[] preset :
          new int[][] {
            {0, 9, 9, 9, 31},
            {4095, 5, 40, 900, 255},
            {4095, 100, 200, 300, 64},
            {0, 1, 2, 3, 3},
            {4095, 18, 67, 276, 4095},
          }) {
        int[] samples = plane(random, 200, 150, 12);
        same(
            peer,
            samples,
            new CharLs.Options(200, 150, 12, 1, 0, 0, preset),
            Arrays.toString(preset));
      }
    }
  }

  /**
   * An image in strips, each encoded alone and joined by restart markers, is an image with restart
   * intervals, since a decoder begins anew there (T.87 C.2.5).
   */
  @Test
  void restartIntervals() {
    try (CharLs peer = new CharLs()) {
      int width = 61;
      int lines = 3;
      int strips = 11;
      int height = lines * strips - 1;
      for (int mode = 0; mode < 3; mode++) {
        int components = mode == 0 ? 1 : 3;
        int[] samples = new int[width * height * components];
        Random random = new Random(mode);
        for (int c = 0; c < components; c++) {
          System.arraycopy(
              plane(random, width, height, 12), 0, samples, c * width * height, width * height);
        }
        byte[] raw = buffer(samples, width, height, components, mode, 12);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < strips; i++) {
          int rows = Math.min(lines, height - i * lines);
          int line = width * components * 2;
          byte[] strip =
              peer.encode(
                  Arrays.copyOfRange(raw, i * lines * line, (i * lines + rows) * line),
                  new CharLs.Options(width, rows, 12, components, 0, mode));
          int scan = scanHeader(strip);
          int data = scan + 2 + strip[scan + 3];
          if (i == 0) {
            byte[] header = Arrays.copyOf(strip, data);
            int sof = 2;
            assertEquals((byte) 0xf7, header[sof + 1]);
            header[sof + 5] = 0;
            header[sof + 6] = (byte) height;
            out.write(header, 0, scan);
            out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xdd, 0, 4, 0, (byte) lines});
            out.write(header, scan, data - scan);
          } else {
            out.writeBytes(new byte[] {(byte) 0xff, (byte) (0xd0 + (i - 1) % 8)});
          }
          out.write(strip, data, strip.length - 2 - data);
        }
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd9});
        byte[] stream = out.toByteArray();
        assertArrayEquals(raw, peer.decode(stream, raw.length), "CharLS reads the joined strips");
        assertArrayEquals(
            samples,
            JpegLsDecoder.decode(stream, new StatedImage(height, width, components, 12)),
            "mode " + mode);
      }
    }
  }

  private static int scanHeader(byte[] stream) {
    for (int i = 0; i < stream.length - 1; i++) {
      if (stream[i] == (byte) 0xff && stream[i + 1] == (byte) 0xda) {
        return i;
      }
    }
    throw new AssertionError("no scan header");
  }
}
