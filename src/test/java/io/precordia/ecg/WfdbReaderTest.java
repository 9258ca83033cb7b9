package io.precordia.ecg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Decoded;
import io.precordia.study.Ecg;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/**
 * Formats after the manual pages header(5) and signal(5). The encoder below is written from bit
 * strings, not from the reader.
 */
class WfdbReaderTest {
  private static byte[] bytes(int... values) {
    byte[] b = new byte[values.length];
    for (int i = 0; i < b.length; i++) {
      b[i] = (byte) values[i];
    }
    return b;
  }

  private static Recording read(String header, byte[] data) {
    return WfdbReader.read(header.getBytes(StandardCharsets.ISO_8859_1), Map.of("r.dat", data));
  }

  private static double[] samples(String header, byte[] data, int channel) {
    return read(header, data).raw().channels().get(channel).samples();
  }

  private static ErrorCode code(String header, byte[] data) {
    return assertThrows(PrecordiaException.class, () -> read(header, data)).code();
  }

  @Test
  void handComputedVectors() {
    // MIT-BIH record 100 begins with these three bytes; its first samples are 995 and 1011
    assertArrayEquals(
        new double[] {995},
        samples(
            "r 2 360 1\nr.dat 212 200 11 1024 995 995 0 MLII\nr.dat 212 200 11 1024 1011 1011 0 V5\n",
            bytes(0xE3, 0x33, 0xF3),
            0));
    assertArrayEquals(
        new double[] {-1, 2047, -2},
        samples("r 1 360 3\nr.dat 212 200 12 0 -1\n", bytes(0xFF, 0x7F, 0xFF, 0xFE, 0x0F), 0));
    assertArrayEquals(
        new double[] {258, -2},
        samples("r 1 360 2\nr.dat 16 200\n", bytes(0x02, 0x01, 0xFE, 0xFF), 0));
    assertArrayEquals(
        new double[] {258, -2},
        samples("r 1 360 2\nr.dat 61 200\n", bytes(0x01, 0x02, 0xFF, 0xFE), 0));
    assertArrayEquals(
        new double[] {0, 127, -127}, samples("r 1 360 3\nr.dat 80 200\n", bytes(128, 255, 1), 0));
    assertArrayEquals(
        new double[] {0x030201, -2},
        samples("r 1 360 2\nr.dat 24 200\n", bytes(1, 2, 3, 0xFE, 0xFF, 0xFF), 0));
    assertArrayEquals(
        new double[] {0x04030201, -2},
        samples("r 1 360 2\nr.dat 32 200\n", bytes(1, 2, 3, 4, 0xFE, 0xFF, 0xFF, 0xFF), 0));
  }

  @Test
  void eachFormatsInvalidCodeIsMissing() {
    assertTrue(Double.isNaN(samples("r 1 360 1\nr.dat 212 200\n", bytes(0x00, 0x08), 0)[0]));
    assertTrue(Double.isNaN(samples("r 1 360 1\nr.dat 16 200\n", bytes(0x00, 0x80), 0)[0]));
    assertTrue(Double.isNaN(samples("r 1 360 1\nr.dat 61 200\n", bytes(0x80, 0x00), 0)[0]));
    assertTrue(Double.isNaN(samples("r 1 360 1\nr.dat 80 200\n", bytes(0), 0)[0]));
    assertTrue(Double.isNaN(samples("r 1 360 1\nr.dat 24 200\n", bytes(0, 0, 0x80), 0)[0]));
    assertTrue(Double.isNaN(samples("r 1 360 1\nr.dat 32 200\n", bytes(0, 0, 0, 0x80), 0)[0]));
  }

  /**
   * Any values of any format, several signals with several samples per frame, survive with their
   * checksums.
   */
  @Property(tries = 150, seed = "1")
  void roundTrip(
      @ForAll Random random,
      @ForAll @IntRange(max = 5) int formatIndex,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 3) Integer> perFrame,
      @ForAll @IntRange(min = 1, max = 40) int frames,
      @ForAll @IntRange(max = 30) int offset) {
    WfdbFormat format = WfdbFormat.values()[formatIndex];
    int number = Integer.parseInt(format.name().substring(1));
    int bits =
        switch (number) {
          case 16, 61 -> 16;
          case 80 -> 8;
          case 212 -> 12;
          default -> number;
        };
    int[][] signals = new int[perFrame.size()][];
    StringBuilder stream = new StringBuilder();
    for (int s = 0; s < signals.length; s++) {
      signals[s] =
          random
              .ints(
                  perFrame.get(s) * (long) frames,
                  -(1 << (bits - 1)) + 1,
                  bits == 32 ? Integer.MAX_VALUE : 1 << (bits - 1))
              .toArray();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[offset]);
    StringBuilder pending = new StringBuilder();
    for (int f = 0; f < frames; f++) {
      for (int s = 0; s < signals.length; s++) {
        for (int k = 0; k < perFrame.get(s); k++) {
          encode(number, bits, signals[s][f * perFrame.get(s) + k], pending, out);
        }
      }
    }
    if (!pending.isEmpty()) { // a lone 12-bit sample fills two bytes
      String b = pending.toString();
      out.write(Integer.parseInt(b.substring(4), 2));
      out.write(Integer.parseInt(b.substring(0, 4), 2));
    }
    stream.append("r ").append(signals.length).append(" 100 ").append(frames).append('\n');
    for (int s = 0; s < signals.length; s++) {
      int sum = 0;
      for (int v : signals[s]) {
        sum += v;
      }
      stream
          .append("r.dat ")
          .append(number)
          .append('x')
          .append(perFrame.get(s))
          .append('+')
          .append(offset);
      stream
          .append(" 500(7)/uV ")
          .append(bits)
          .append(" 0 ")
          .append(signals[s][0])
          .append(' ')
          .append((short) sum)
          .append(" 0 V")
          .append(s + 1)
          .append('\n');
    }
    List<RawEcg.Channel> channels = read(stream.toString(), out.toByteArray()).raw().channels();
    for (int s = 0; s < signals.length; s++) {
      assertEquals("uV", channels.get(s).unit());
      assertEquals(100.0 * perFrame.get(s), channels.get(s).rateHz());
      assertEquals(-7 / 500.0, channels.get(s).offset(), 1e-12);
      for (int i = 0; i < signals[s].length; i++) {
        assertEquals(signals[s][i], channels.get(s).samples()[i]);
      }
    }
  }

  private static void encode(
      int number, int bits, int value, StringBuilder pending, ByteArrayOutputStream out) {
    String b =
        String.format("%32s", Integer.toBinaryString(number == 80 ? value + 128 : value))
            .replace(' ', '0')
            .substring(32 - bits);
    if (number == 212) {
      if (pending.isEmpty()) {
        pending.append(b);
      } else {
        out.write(Integer.parseInt(pending.substring(4), 2));
        out.write(Integer.parseInt(b.substring(0, 4) + pending.substring(0, 4), 2));
        out.write(Integer.parseInt(b.substring(4), 2));
        pending.setLength(0);
      }
      return;
    }
    for (int i = 0; i < bits / 8; i++) {
      int at = number == 61 ? 8 * i : bits - 8 * (i + 1);
      out.write(Integer.parseInt(b.substring(at, at + 8), 2));
    }
  }

  @Test
  void matlabBodyIsSkippedByItsOffset() {
    ByteArrayOutputStream mat = new ByteArrayOutputStream();
    mat.writeBytes(bytes(30, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0));
    mat.writeBytes("val\0".getBytes(StandardCharsets.US_ASCII));
    mat.writeBytes(bytes(1, 0, 2, 0, 3, 0));
    String header =
        "A0001 1 500 3 05-Feb-2020 11:39:16\nA0001.mat 16+24 1000/mV 16 0 1 6 0 I\n#Age: 74\n#Sex: Male\n#Dx: 59118001\n";
    Recording r =
        WfdbReader.read(
            header.getBytes(StandardCharsets.US_ASCII), Map.of("A0001.mat", mat.toByteArray()));
    assertArrayEquals(new double[] {1, 2, 3}, r.raw().channels().get(0).samples());
    assertEquals(74, r.identity().ageYears());
    assertEquals("M", r.identity().sex());
  }

  @Test
  void headerDetails() {
    Recording r =
        read(
            "r 1 250/300(0) 3 12:30:00 24/12/1999\n# a comment\nr.dat 16:1 200(1024)/mV 12 1000 0 9 0 lead II\n",
            bytes(2, 0, 3, 0, 4, 0));
    assertArrayEquals(
        new double[] {3, 4, Double.NaN}, r.raw().channels().get(0).samples(), "skew removed");
    assertEquals(250, r.raw().channels().get(0).rateHz());
    assertEquals(-1024 / 200.0, r.raw().channels().get(0).offset());
    assertEquals(LocalDate.of(1999, 12, 24), r.identity().date());
    RawEcg.Channel zero =
        read("r 1 250 1\nr.dat 16 200 12 1000 0 2 0 II\n", bytes(2, 0)).raw().channels().get(0);
    assertEquals(-5, zero.offset(), "without a baseline the ADC zero is it");
    assertEquals(250, read("r 1\nr.dat 16 200\n", bytes(2, 0)).raw().channels().get(0).rateHz());
  }

  @Test
  void verdicts() {
    assertEquals(
        ErrorCode.MALFORMED, code("r 1 250 2\nr.dat 16 200 12 0 1 4 0 II\n", bytes(1, 0, 2, 0)));
    assertEquals(ErrorCode.TRUNCATED, code("r 1 250 3\nr.dat 16 200\n", bytes(1, 0, 2, 0)));
    assertEquals(ErrorCode.TRUNCATED, code("r 1 250 3\nother.dat 16 200\n", bytes(1, 0)));
    assertEquals(ErrorCode.TRUNCATED, code("r 2 250 3\nr.dat 16 200\n", bytes(1, 0)));
    assertEquals(ErrorCode.UNSUPPORTED_FORMAT, code("r 1 250 3\nr.dat 310 200\n", bytes(1, 0)));
    assertEquals(ErrorCode.UNSUPPORTED_FORMAT, code("r/2 1 250 3\nr1 100\nr2 100\n", bytes(1, 0)));
    assertEquals(
        ErrorCode.MISSING_CALIBRATION, code("r 1 250 1\nr.dat 16 0 12 0 1 1 0 II\n", bytes(1, 0)));
    assertEquals(ErrorCode.MALFORMED, code("r 1 250 1\nr.dat sixteen\n", bytes(1, 0)));
    assertEquals(ErrorCode.MALFORMED, code("?", bytes(1, 0)));
    assertEquals(ErrorCode.EMPTY, code("# only a comment\n", bytes(1, 0)));
    assertEquals(ErrorCode.TOO_LARGE, code("r 999999 250 1\nr.dat 16\n", bytes(1, 0)));
    assertEquals(
        ErrorCode.TRUNCATED, code("r 1 250 999999999999\nr.dat 16x999999 200\n", bytes(1, 0)));
    assertEquals(
        ErrorCode.MALFORMED, code("r 2 250 1\nr.dat 16 200\nr.dat 61 200\n", bytes(1, 0, 1, 0)));
  }

  @Test
  void frontFindsTheHeaderAmongItsParts() {
    String header = "r 1 100 300\n../../etc/r.dat 16 200/mV 12 0 0\n";
    NamedBytes hea = new NamedBytes("dir/r.hea", header.getBytes(StandardCharsets.US_ASCII));
    Decoded d = EcgFileDecoder.decode(List.of(new NamedBytes("r.dat", new byte[600]), hea));
    assertEquals(
        ErrorCode.TRUNCATED, d.flags().get(0).code(), "a path in a header is never followed");
    NamedBytes good =
        new NamedBytes(
            "r.hea",
            "r 1 100 300\nr.dat 16 200/mV 12 0 0 0 0 V1\n".getBytes(StandardCharsets.US_ASCII));
    Ecg ecg =
        (Ecg)
            EcgFileDecoder.decode(List.of(new NamedBytes("x/r.dat", new byte[600]), good))
                .content();
    assertNotNull(ecg);
    assertEquals(3, ecg.seconds(), 1e-9);
    assertEquals(java.util.Set.of("r.dat"), EcgFileDecoder.companions(good));
    assertEquals(
        ErrorCode.MISSING_CALIBRATION,
        EcgFileDecoder.decode(List.of(new NamedBytes("r.dat", new byte[600])))
            .flags()
            .get(0)
            .code());
  }
}
