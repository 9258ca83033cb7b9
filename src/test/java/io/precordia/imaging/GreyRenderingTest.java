package io.precordia.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.study.Pixels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stored values to grey, with expectations worked out from the equations of PS3.3 C.11. */
class GreyRenderingTest {
  private static RawImage image(int[] stored, ModalityTransform m, Voi voi, boolean inverted) {
    return new RawImage(stored.length, 1, stored, m, voi, inverted, null);
  }

  private static void expect(RawImage image, double... grey) {
    Pixels out = GreyRendering.render(image);
    for (int i = 0; i < grey.length; i++) {
      assertEquals(grey[i], out.values()[i], 1e-6, "pixel " + i);
    }
  }

  @Test
  void linearWindowAsTheStandardWritesIt() {
    // C.11.2.1.2.1 with c = 2048, w = 4096 maps 0 … 4095 onto the whole range.
    Voi window = new Voi.Window(2048, 4096, Voi.Function.LINEAR);
    expect(
        image(new int[] {0, 4095, 2048}, ModalityTransform.Rescale.IDENTITY, window, false),
        0,
        1,
        2048 / 4095.0);
    // w = 1 is a threshold at c − 0.5
    Voi step = new Voi.Window(10, 1, Voi.Function.LINEAR);
    expect(image(new int[] {9, 10, 11}, ModalityTransform.Rescale.IDENTITY, step, false), 0, 1, 1);
  }

  @Test
  void exactAndSigmoidWindows() {
    Voi exact = new Voi.Window(100, 50, Voi.Function.LINEAR_EXACT);
    expect(
        image(new int[] {75, 100, 125, 80}, ModalityTransform.Rescale.IDENTITY, exact, false),
        0,
        0.5,
        1,
        0.1);
    Voi sigmoid = new Voi.Window(100, 50, Voi.Function.SIGMOID);
    expect(
        image(new int[] {100, 150}, ModalityTransform.Rescale.IDENTITY, sigmoid, false),
        0.5,
        1 / (1 + Math.exp(-4)));
  }

  @Test
  void tablesClampAtBothEndsAndStartAtNegativeValues() {
    GreyLut lut = new GreyLut(-2, new int[] {0, 10, 20, 255}, 8);
    expect(
        image(
            new int[] {-5, -1, 0, 1, 9},
            ModalityTransform.Rescale.IDENTITY,
            new Voi.Table(lut),
            false),
        0,
        10 / 255.0,
        20 / 255.0,
        1,
        1);
    GreyLut modality = new GreyLut(0, new int[] {100, 300}, 16);
    expect(
        image(
            new int[] {0, 1},
            new ModalityTransform.Table(modality),
            new Voi.Window(200, 201, Voi.Function.LINEAR),
            false),
        0.5 - 99.5 / 200,
        1);
  }

  @Test
  void paddingIsBlackAndTakesNoPartInTheRange() {
    RawImage padded =
        new RawImage(
            3,
            1,
            new int[] {-2000, 0, 100},
            ModalityTransform.Rescale.IDENTITY,
            new Voi.FullRange(),
            true,
            new RawImage.Padding(-2000, -1900));
    expect(padded, 0, 1, 0);
  }

  /** Every product of modality, VOI, signedness and bits: inverting twice changes nothing. */
  @ParameterizedTest
  @ValueSource(ints = {8, 10, 12, 16})
  void polarityMirrorsEveryKindOfImage(int bits) {
    List<Voi> vois = new ArrayList<>(List.of(new Voi.FullRange()));
    for (Voi.Function f : Voi.Function.values()) {
      vois.add(new Voi.Window(1 << (bits - 1), 1 << bits, f));
      vois.add(new Voi.Window(-3.5, 17, f));
    }
    int[] entries = new int[1 << bits];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = i;
    }
    vois.add(new Voi.Table(new GreyLut(0, entries, bits)));
    List<ModalityTransform> modalities =
        List.of(
            ModalityTransform.Rescale.IDENTITY,
            new ModalityTransform.Rescale(2, -1024),
            new ModalityTransform.Table(new GreyLut(0, entries, bits)));
    for (boolean signed : new boolean[] {false, true}) {
      int low = signed ? -(1 << (bits - 1)) : 0;
      int[] ramp = new int[257];
      for (int i = 0; i < ramp.length; i++) {
        ramp[i] = low + (int) ((long) i * ((1 << bits) - 1) / 256);
      }
      for (ModalityTransform m : modalities) {
        for (Voi voi : vois) {
          float[] plain = GreyRendering.render(image(ramp, m, voi, false)).values();
          float[] mirrored = GreyRendering.render(image(ramp, m, voi, true)).values();
          for (int i = 0; i < plain.length; i++) {
            assertTrue(plain[i] >= 0 && plain[i] <= 1);
            assertEquals(1, plain[i] + mirrored[i], 1e-6);
            assertTrue(i == 0 || plain[i] >= plain[i - 1], "grey must rise with the stored value");
          }
        }
      }
    }
  }
}
