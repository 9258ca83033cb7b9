package io.precordia.model.more;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.ParameterSet;
import io.precordia.study.Ecg;
import io.precordia.study.Pixels;
import io.precordia.tensor.NativeHeap;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.weights.Checksums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoreEncoderTest {
  private static MoreInputs inputs() {
    return new MoreInputs(
        Pixels::values,
        ecg -> {
          float[] out = new float[12_000];
          for (int lead = 0; lead < 12; lead++) {
            System.arraycopy(ecg.millivolts()[lead], 0, out, lead * 1000, 1000);
          }
          return out;
        },
        (text, max) -> text.chars().limit(max).map(c -> c % 50).toArray());
  }

  private static Pixels image(int side, long seed) {
    Random random = new Random(seed);
    float[] values = new float[side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return new Pixels(side, side, values);
  }

  private static Ecg ecg(long seed) {
    Random random = new Random(seed);
    float[][] mv = new float[12][1000];
    for (float[] lead : mv) {
      for (int i = 0; i < lead.length; i++) {
        lead[i] = (float) random.nextGaussian();
      }
    }
    boolean[] all = new boolean[12];
    java.util.Arrays.fill(all, true);
    return new Ecg(mv, all, new boolean[12], 100, true);
  }

  private static Path saved(Path folder, MoreConfig config) {
    MoreModel model = new MoreModel(config);
    MoreFolder.save(
        folder,
        new MoreFolder.Manifest("test", "1", config),
        ParameterSet.initial(model.parameters(), 4));
    Checksums.write(folder);
    return folder;
  }

  @Test
  void loadsAndEmbedsUnitVectorsThatDoNotDependOnTheBatch(@TempDir Path folder) {
    saved(folder, TinyMore.config());
    try (MoreEncoder encoder = MoreEncoder.load(folder, inputs(), DjlOps.cpu())) {
      assertEquals(16, encoder.dimension());
      assertEquals(0.07f, encoder.temperature(), 1e-3f);
      assertEquals(Checksums.ofFolder(folder), encoder.ref().sha256());
      List<Pixels> images = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        images.add(image(TinyMore.SIDE, i));
      }
      float[][] all = encoder.embedXrays(images);
      assertEquals(40, all.length);
      for (int i : new int[] {0, 31, 32, 39}) {
        assertArrayEquals(all[i], encoder.embedXrays(List.of(images.get(i)))[0], 1e-5f);
        double norm = 0;
        for (float v : all[i]) {
          norm += v * v;
        }
        assertEquals(1, norm, 1e-5);
      }
      assertEquals(2, encoder.embedEcgs(List.of(ecg(1), ecg(2))).length);
      float[][] texts =
          encoder.embedTexts(List.of("pleural effusion", "no acute disease of the chest"));
      assertArrayEquals(texts[0], encoder.embedTexts(List.of("pleural effusion"))[0], 1e-5f);
      assertEquals(0, encoder.embedTexts(List.of()).length);
    }
  }

  @Test
  void threadsShareOneEncoder(@TempDir Path folder) {
    saved(folder, TinyMore.config());
    try (MoreEncoder encoder = MoreEncoder.load(folder, inputs(), DjlOps.cpu())) {
      float[] expected = encoder.embedEcgs(List.of(ecg(1)))[0];
      List<CompletableFuture<float[]>> runs = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        runs.add(CompletableFuture.supplyAsync(() -> encoder.embedEcgs(List.of(ecg(1)))[0]));
      }
      runs.forEach(r -> assertArrayEquals(expected, r.join(), 1e-5f));
    }
  }

  @Test
  void notFiniteInputIsAnError(@TempDir Path folder) {
    saved(folder, TinyMore.config());
    try (MoreEncoder encoder = MoreEncoder.load(folder, inputs(), DjlOps.cpu())) {
      Pixels bad = image(TinyMore.SIDE, 1);
      bad.values()[7] = Float.NaN;
      PrecordiaException e =
          assertThrows(PrecordiaException.class, () -> encoder.embedXrays(List.of(bad)));
      assertEquals(ErrorCode.NOT_FINITE, e.code());
    }
  }

  @Test
  void configurationRoundTripsAndDamageIsSeen(@TempDir Path folder) throws IOException {
    saved(folder, TinyMore.config());
    MoreFolder.writeConfig(folder, new MoreFolder.Manifest("a", "b", MoreConfig.paper()));
    assertEquals(MoreConfig.paper(), MoreFolder.readConfig(folder).config());
    PrecordiaException changed =
        assertThrows(
            PrecordiaException.class, () -> MoreEncoder.load(folder, inputs(), DjlOps.cpu()));
    assertEquals(ErrorCode.BAD_WEIGHTS, changed.code());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"model_type\":\"bert\"}",
        "\"patch\" : 16>\"patch\" : 0",
        "\"image\" : 32>\"image\" : 33",
        "\"width\" : 32>\"width\" : 2000000000",
        "\"heads\" : 4>\"heads\" : 5",
        "\"depth\" : 2>\"depth\" : -1",
        "\"projection\" : 16>\"projection\" : 16, \"x\" : 1",
        "\"temperature\" : 0.07>\"temperature\" : \"NaN\"",
        "\"leads\" : 12>\"leads\" : 12.5",
        "\"samples\" : 1000>\"samples\" : null"
      })
  void hostileConfigurationsAreRefused(String change, @TempDir Path folder) throws IOException {
    MoreFolder.writeConfig(folder, new MoreFolder.Manifest("a", "b", TinyMore.config()));
    Path file = folder.resolve(MoreFolder.CONFIG);
    String text = Files.readString(file);
    int at = change.indexOf('>');
    String damaged =
        at < 0
            ? change
            : text.replaceFirst(
                java.util.regex.Pattern.quote(change.substring(0, at)), change.substring(at + 1));
    assertTrue(!damaged.equals(text), "the change must hit: " + text);
    Files.writeString(file, damaged);
    PrecordiaException e =
        assertThrows(PrecordiaException.class, () -> MoreFolder.readConfig(folder));
    assertEquals(ErrorCode.BAD_WEIGHTS, e.code());
  }

  /** 2,000 passes of the shipped size leave native memory flat. */
  @Test
  @Tag("slow")
  void memoryStaysFlat(@TempDir Path folder) {
    saved(folder, MoreConfig.small(8192));
    try (MoreEncoder encoder = MoreEncoder.load(folder, inputs(), DjlOps.cpu())) {
      List<Pixels> image = List.of(image(224, 1));
      List<Ecg> window = List.of(ecg(1));
      long before = 0;
      for (int i = 0; i < 1050; i++) {
        if (i == 50) {
          before = NativeHeap.live();
        }
        encoder.embedXrays(image);
        encoder.embedEcgs(window);
      }
      long grown = NativeHeap.live() - before;
      assertTrue(grown < 4 << 20, "native memory grew by " + grown + " octets");
    }
  }

  /** The shipped size: one input of each kind, median of 20 after warm-up. */
  @Test
  @Tag("bench")
  void latencyOfOneInput(@TempDir Path folder) {
    MoreConfig config = MoreConfig.small(8192);
    saved(folder, config);
    long start = System.nanoTime();
    try (MoreEncoder encoder = MoreEncoder.load(folder, inputs(), DjlOps.cpu())) {
      System.out.printf("load %.0f ms%n", (System.nanoTime() - start) / 1e6);
      List<Pixels> image = List.of(image(224, 1));
      List<Ecg> window = List.of(ecg(1));
      List<String> text = List.of("x".repeat(160));
      double x = median(() -> encoder.embedXrays(image));
      double e = median(() -> encoder.embedEcgs(window));
      double t = median(() -> encoder.embedTexts(text));
      System.out.printf(
          "one X-ray %.1f ms, one ECG %.1f ms, one report of 160 tokens %.1f ms%n", x, e, t);
      assertTrue(Math.max(x, Math.max(e, t)) <= 60, "slower than 60 ms");
    }
  }

  private static double median(Runnable work) {
    double[] times = new double[20];
    for (int i = -10; i < times.length; i++) {
      long start = System.nanoTime();
      work.run();
      if (i >= 0) {
        times[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    java.util.Arrays.sort(times);
    return times[times.length / 2];
  }
}
