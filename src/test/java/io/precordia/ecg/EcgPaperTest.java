package io.precordia.ecg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.PrecordiaException;
import io.precordia.study.Ecg;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class EcgPaperTest {
  private static Ecg square(boolean calibrated) {
    float[][] mv = new float[12][1000];
    boolean[] present = new boolean[12];
    Arrays.fill(present, true);
    for (float[] row : mv) {
      for (int i = 0; i < 1000; i++) {
        row[i] = i / 50 % 2 == 0 ? 0 : 1;
      }
    }
    return new Ecg(mv, present, new boolean[12], 100, calibrated);
  }

  private static BufferedImage image(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private static boolean ink(BufferedImage image, double xMm, double yMm, double scale) {
    int dark = 255;
    for (int dx = -1; dx <= 1; dx++) {
      for (int dy = -1; dy <= 1; dy++) {
        dark =
            Math.min(
                dark, image.getRGB((int) (xMm * scale) + dx, (int) (yMm * scale) + dy) >> 8 & 0xff);
      }
    }
    return dark
        < 160; // a thin line may share its ink between two pixels; the grid is 176 and lighter
  }

  /** One millivolt is 10 mm high and one second 25 mm long, in the trace and in the pulse. */
  @Test
  void scaleIsTrue() throws IOException {
    BufferedImage paper = image(EcgPaper.png(square(true), 4));
    assertEquals(1080, paper.getWidth());
    assertEquals(560, paper.getHeight());
    for (int row = 0; row < 4; row++) {
      double middle = 25 + 30 * row;
      assertTrue(ink(paper, 15 + 6, middle, 4), "baseline of the first half second");
      assertTrue(ink(paper, 15 + 18, middle - 10, 4), "1 mV in the second half second");
      assertTrue(ink(paper, 15 + 12.5, middle - 5, 4), "the edge at half a second");
      assertTrue(ink(paper, 10, middle - 10, 4), "top of the pulse");
      assertTrue(!ink(paper, 15 + 18, middle - 3.5, 4), "nothing between");
    }
  }

  @Test
  void relativeDataHaveNoPulse() throws IOException {
    BufferedImage paper = image(EcgPaper.png(square(false), 4));
    assertTrue(!ink(paper, 10, 15, 4));
    assertTrue(ink(paper, 15 + 18, 25 - 2.5, 4), "2.5 mm per deviation");
  }

  @Test
  void absentLeadsAreBlankButLabelled() throws IOException {
    Ecg e = square(true);
    boolean[] present = e.present().clone();
    present[0] = false;
    BufferedImage paper =
        image(EcgPaper.png(new Ecg(e.millivolts(), present, e.derived(), 100, true), 4));
    assertTrue(!ink(paper, 15 + 18, 15, 4));
    assertTrue(ink(paper, 15 + 1.5 + 0.5, 25 - 10.5, 4), "the label I");
  }

  @Test
  void oddSignalsAndLimits() throws IOException {
    Ecg e = square(true);
    Arrays.fill(e.millivolts()[1], 1e30f);
    e.millivolts()[2][5] = Float.NaN;
    assertNotEquals(0, EcgPaper.png(e, 1).length);
    BufferedImage strip = image(EcgPaper.thumbnail(e, 320, 80));
    assertEquals(320, strip.getWidth());
    assertEquals(80, strip.getHeight());
    assertThrows(PrecordiaException.class, () -> EcgPaper.png(e, 1e9));
    assertThrows(PrecordiaException.class, () -> EcgPaper.thumbnail(e, 1_000_000, 10));
  }
}
