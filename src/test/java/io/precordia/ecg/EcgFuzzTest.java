package io.precordia.ecg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.study.Decoded;
import io.precordia.study.Ecg;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Damaged and random files: a verdict every time, never another exception, never long. */
class EcgFuzzTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static List<List<NamedBytes>> seeds() {
    byte[] hea =
        "r 2 100 300 10:00:00 01/02/2003\nr.dat 16x1:1+3 200(5)/mV 12 0 0 0 0 V1\nr.dat 16:0+3 200/mV 12 0 0\n# age: 30\n"
            .getBytes(StandardCharsets.US_ASCII);
    byte[] xml =
        AecgReaderTest.document(
                "<increment value='0.002' unit='s'/>",
                AecgReaderTest.lead(
                    "MDC_ECG_LEAD_II",
                    "<origin value='0' unit='uV'/>",
                    "<scale value='5' unit='uV'/>",
                    "1 -2 3.5 ".repeat(500)))
            .getBytes(StandardCharsets.UTF_8);
    byte[] csv =
        "# rate=100, unit=mV\ntime (s),I,II (uV)\n"
            .concat("0.01,1.5,2\n".repeat(10))
            .getBytes(StandardCharsets.UTF_8);
    byte[] csv2 =
        "# rate=100\nI (mV);V1 [uV]\n"
            .concat("1,5;2\n".repeat(300))
            .getBytes(StandardCharsets.UTF_8);
    byte[] json =
        "{\"leads\": [\"I\", \"V2\"], \"rate\": 100, \"unit\": \"mV\", \"scale\": 0.5}"
            .getBytes(StandardCharsets.UTF_8);
    return List.of(
        List.of(new NamedBytes("r.hea", hea), new NamedBytes("r.dat", new byte[1300])),
        List.of(new NamedBytes("a.xml", xml)),
        List.of(new NamedBytes("a.csv", csv)),
        List.of(new NamedBytes("b.csv", csv2)),
        List.of(
            new NamedBytes("a.npy", NpyReaderTest.npy(1, "<f4", false, "2, 300", new byte[2400])),
            new NamedBytes("a.json", json)));
  }

  @Property(tries = 3000, seed = "1")
  void damagedFiles(@ForAll Random random) {
    List<List<NamedBytes>> seeds = seeds();
    List<NamedBytes> parts = new ArrayList<>(seeds.get(random.nextInt(seeds.size())));
    int victim = random.nextInt(parts.size());
    parts.set(
        victim,
        new NamedBytes(parts.get(victim).name(), damaged(parts.get(victim).bytes(), random)));
    check(parts);
  }

  @Property(tries = 500, seed = "1")
  void randomFiles(@ForAll byte[] bytes, @ForAll Random random) {
    check(
        List.of(
            new NamedBytes(
                List.of("x.hea", "x.dat", "x.csv", "x.npy", "x.xml", "").get(random.nextInt(6)),
                bytes)));
  }

  @Property(tries = 300, seed = "1")
  void digitsBlownUp(@ForAll Random random) {
    List<List<NamedBytes>> seeds = seeds();
    List<NamedBytes> parts = new ArrayList<>(seeds.get(random.nextInt(seeds.size())));
    NamedBytes first = parts.get(0);
    String text = new String(first.bytes(), StandardCharsets.ISO_8859_1);
    String[] huge = {
      "99999999999999999999",
      "-1",
      "0",
      "1e308",
      "NaN",
      "2147483648",
      "-2147483648",
      "4294967296",
      "1e-320"
    };
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      boolean digit = Character.isDigit(text.charAt(i));
      out.append(
          digit && random.nextInt(12) == 0 && i < 600
              ? huge[random.nextInt(huge.length)]
              : String.valueOf(text.charAt(i)));
    }
    parts.set(
        0, new NamedBytes(first.name(), out.toString().getBytes(StandardCharsets.ISO_8859_1)));
    check(parts);
  }

  private static byte[] damaged(byte[] bytes, Random random) {
    byte[] out = bytes.clone();
    int edits = 1 + random.nextInt(6);
    for (int i = 0; i < edits && out.length > 0; i++) {
      int at = random.nextInt(Math.min(out.length, random.nextBoolean() ? 200 : out.length));
      switch (random.nextInt(4)) {
        case 0 -> out[at] = (byte) random.nextInt(256);
        case 1 -> out[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> out = Arrays.copyOf(out, at);
        default -> {
          int n = Math.min(out.length - at, 1 + random.nextInt(20));
          byte[] doubled = Arrays.copyOf(out, out.length + n);
          System.arraycopy(out, at, doubled, at + n, out.length - at);
          out = doubled;
        }
      }
    }
    return out;
  }

  private static void check(List<NamedBytes> parts) {
    Decoded d = assertTimeout(LIMIT, () -> EcgFileDecoder.decode(parts));
    parts.forEach(EcgFileDecoder::companions);
    if (d.content() instanceof Ecg ecg) {
      List<Ecg> windows = new EcgWindows().cut(ecg);
      float[] input;
      try {
        input = new EcgPreprocessor().prepare(windows.get(0));
      } catch (io.precordia.error.PrecordiaException e) {
        return; // a rate too low for an ECG
      }
      for (float v : input) {
        assertTrue(Math.abs(v) <= 20);
      }
    } else {
      assertNotNull(d.flags().get(0).message());
      assertEquals(null, d.content());
    }
  }
}
