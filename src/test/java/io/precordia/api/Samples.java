package io.precordia.api;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small files of every kind for the doors' tests. */
public final class Samples {
  private Samples() {}

  /** A report whose text depends on the seed. */
  public static byte[] report(String finding, int seed) {
    return ("FINDINGS: There is "
            + finding
            + ". Case "
            + seed
            + ".\nIMPRESSION: "
            + finding
            + ".\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A 64 x 48 greyscale PNG. */
  public static byte[] png(int seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 64 * 48; i++) {
      image.getRaster().setSample(i % 64, i / 64, 0, random.nextInt(256));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * Header of a WFDB record of ten seconds of 12 leads at 100 Hz. Its signal file is {@link
   * #wfdbSignal} of the same seed.
   */
  public static byte[] wfdbHeader(String record, int seed) {
    String[] leads = {"I", "II", "III", "AVR", "AVL", "AVF", "V1", "V2", "V3", "V4", "V5", "V6"};
    StringBuilder text = new StringBuilder(record + " 12 100 1000\n");
    for (int lead = 0; lead < leads.length; lead++) {
      short checksum = 0;
      for (int t = 0; t < 1000; t++) {
        checksum += (short) sample(t, lead, seed);
      }
      text.append(record).append(".dat 16 1000/mV 16 0 ").append(sample(0, lead, seed)).append(' ');
      text.append(checksum).append(" 0 ").append(leads[lead]).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] wfdbSignal(int seed) {
    byte[] bytes = new byte[1000 * 12 * 2];
    for (int t = 0; t < 1000; t++) {
      for (int lead = 0; lead < 12; lead++) {
        int value = sample(t, lead, seed);
        int at = (t * 12 + lead) * 2;
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >> 8);
      }
    }
    return bytes;
  }

  private static int sample(int t, int lead, int seed) {
    return (int) (400 * Math.sin(2 * Math.PI * t / (80.0 + seed)) + 20 * lead);
  }

  /** CSV of 12 leads and a time column. */
  public static byte[] csv(String cell) {
    StringBuilder text = new StringBuilder("time,I,II,III,aVR,aVL,aVF,V1,V2,V3,V4,V5,V6\n");
    for (int t = 0; t < 1000; t++) {
      text.append(String.format(Locale.ROOT, "%.3f", t / 100.0));
      for (int lead = 0; lead < 12; lead++) {
        text.append(',').append(cell);
      }
      text.append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A PNG whose header declares 60,000 x 60,000 pixels and that ends after it. */
  public static byte[] hugePng() {
    byte[] png = png(1);
    byte[] head = java.util.Arrays.copyOf(png, 64);
    for (int at : new int[] {16, 20}) {
      head[at] = 0;
      head[at + 1] = 0;
      head[at + 2] = (byte) (60_000 >> 8);
      head[at + 3] = (byte) 60_000;
    }
    return head;
  }
}
