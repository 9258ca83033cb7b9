package io.precordia.imaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HubImageProcessorTest {
  private static Picture random(int width, int height, int channels) {
    byte[] samples = new byte[width * height * channels];
    new Random(5).nextBytes(samples);
    return new Picture(width, height, channels, samples);
  }

  @ParameterizedTest
  @EnumSource
  void ownSizeIsTheIdentityAndAPlainPictureStaysPlain(Resample filter) {
    Picture p = random(9, 7, 3);
    assertSame(p, PillowResize.resize(p, 9, 7, filter));
    assertSame(p, TorchResize.resize(p, 9, 7, filter));
    byte[] plain = new byte[30];
    Arrays.fill(plain, (byte) 201);
    for (int[] size : new int[][] {{13, 4}, {2, 17}}) {
      for (Picture out :
          List.of(
              PillowResize.resize(new Picture(5, 6, 1, plain), size[0], size[1], filter),
              TorchResize.resize(new Picture(5, 6, 1, plain), size[0], size[1], filter))) {
        assertEquals(size[0] * size[1], out.samples().length);
        for (byte b : out.samples()) {
          assertEquals(201, b & 0xFF);
        }
      }
    }
  }

  @Test
  void filtersHaveTheirWeights() {
    Picture step = new Picture(4, 1, 1, new byte[] {0, 0, (byte) 200, (byte) 200});
    assertArrayEquals(
        new byte[] {0, (byte) 200}, PillowResize.resize(step, 2, 1, Resample.BOX).samples());
    assertArrayEquals(
        new byte[] {0, (byte) 200}, PillowResize.resize(step, 2, 1, Resample.NEAREST).samples());
    // Triangle of reach 2 about 1 and about 3, its part outside the picture left out.
    assertArrayEquals(
        new byte[] {29, (byte) 171}, PillowResize.resize(step, 2, 1, Resample.BILINEAR).samples());
  }

  @Test
  void nearestTakesTheSampleUnderTheCentre() {
    Picture p = random(97, 61, 3);
    for (int[] size : new int[][] {{40, 40}, {97, 130}, {31, 61}}) {
      assertArrayEquals(
          PillowResize.resize(p, size[0], size[1], Resample.NEAREST).samples(),
          TorchResize.resize(p, size[0], size[1], Resample.NEAREST).samples());
    }
    // Centres at 1, 3, 5 …: the sample that begins there.
    byte[] ramp = {0, 1, 2, 3, 4, 5};
    assertArrayEquals(
        new byte[] {1, 3, 5},
        TorchResize.resize(new Picture(6, 1, 1, ramp), 3, 1, Resample.NEAREST).samples());
  }

  @Test
  void sixteenBitWeightsDifferByOneAtMost() {
    Picture p = random(61, 47, 1);
    byte[] pillow = PillowResize.resize(p, 224, 200, Resample.BICUBIC).samples();
    byte[] torch = TorchResize.resize(p, 224, 200, Resample.BICUBIC).samples();
    int different = 0;
    for (int i = 0; i < pillow.length; i++) {
      int d = Math.abs((pillow[i] & 0xFF) - (torch[i] & 0xFF));
      assertTrue(d <= 1);
      different += d;
    }
    assertTrue(different > 0 && different < pillow.length / 50, different + " differ");
  }

  private static HubImageSettings settings(
      boolean rgb, ResizeTarget target, ResizeTarget.Exact crop, List<Double> mean) {
    List<Double> deviation = mean.stream().map(m -> 0.5).toList();
    return new HubImageSettings(rgb, target, Resample.BICUBIC, crop, 1 / 255.0, mean, deviation);
  }

  @Test
  void theShorterSideSetsTheSizeAndTheCentreIsCut() {
    ResizeTarget target = new ResizeTarget.ShortestEdge(224);
    Picture tall = random(131, 173, 1);
    assertEquals(224, target.widthFor(tall));
    assertEquals(295, target.heightFor(tall));
    byte[] ramp = {0, 51, 102, (byte) 153, (byte) 204};
    PixelValues cut =
        new HubImageProcessor(settings(false, null, new ResizeTarget.Exact(1, 2), List.of()))
            .process(new Picture(5, 1, 1, ramp));
    assertArrayEquals(new float[] {0.2f, 0.4f}, cut.values(), 1e-6f);
    PixelValues padded =
        new HubImageProcessor(settings(false, null, new ResizeTarget.Exact(2, 8), List.of()))
            .process(new Picture(5, 1, 1, ramp));
    assertArrayEquals(
        new float[] {0, 0, 0.2f, 0.4f, 0.6f, 0.8f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
        padded.values(),
        1e-6f);
  }

  @Test
  void channelsAreNormalisedEachAndMustFit() {
    Picture grey = new Picture(1, 1, 1, new byte[] {(byte) 255});
    HubImageProcessor rgb =
        new HubImageProcessor(settings(true, null, null, List.of(0.0, 0.5, 1.0)));
    assertArrayEquals(new float[] {2, 1, 0}, rgb.process(grey).values(), 1e-6f);
    HubImageProcessor spread =
        new HubImageProcessor(settings(false, null, null, List.of(0.0, 0.5, 1.0)));
    assertArrayEquals(new float[] {2, 1, 0}, spread.process(grey).values(), 1e-6f);
    HubImageProcessor strict =
        new HubImageProcessor(settings(false, null, null, List.of(0.0, 0.5)));
    PrecordiaException e = assertThrows(PrecordiaException.class, () -> strict.process(grey));
    assertEquals(ErrorCode.INVALID_ARGUMENT, e.code());
  }
}
