package io.precordia.ecg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Decoded;
import io.precordia.study.Ecg;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyReaderTest {
  private static final String TWO =
      "{\"leads\": [\"V1\", \"II\"], \"rate\": 100, \"unit\": \"mV\"}";

  static byte[] npy(int version, String descr, boolean fortran, String shape, byte[] data) {
    String dict =
        "{'descr': '"
            + descr
            + "', 'fortran_order': "
            + (fortran ? "True" : "False")
            + ", 'shape': ("
            + shape
            + "), }";
    byte[] header =
        (dict + " ".repeat(64 - (12 + dict.length() + 1) % 64) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer b =
        ByteBuffer.allocate(12 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    b.put((byte) 0x93)
        .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
        .put((byte) version)
        .put((byte) 0);
    if (version == 1) {
      b.putShort((short) header.length);
    } else {
      b.putInt(header.length);
    }
    b.put(header).put(data);
    byte[] out = new byte[b.position()];
    b.flip().get(out);
    return out;
  }

  private static byte[] values(String descr, double... values) {
    ByteOrder order = descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    int width = descr.charAt(2) - '0';
    ByteBuffer b = ByteBuffer.allocate(values.length * width).order(order);
    for (double v : values) {
      switch (descr.substring(1)) {
        case "i2" -> b.putShort((short) v);
        case "i4" -> b.putInt((int) v);
        case "f4" -> b.putFloat((float) v);
        default -> b.putDouble(v);
      }
    }
    return b.array();
  }

  private static ErrorCode code(byte[] npy, @Nullable String json) {
    return assertThrows(
            PrecordiaException.class,
            () ->
                EcgAssembler.assemble(
                    NpyReader.read(npy, json == null ? null : json.getBytes(StandardCharsets.UTF_8))
                        .raw()))
        .code();
  }

  /** Every type, byte order, storage order and orientation gives the same leads. */
  @Property(tries = 80, seed = "1")
  void layouts(
      @ForAll @IntRange(max = 7) int type,
      @ForAll boolean fortran,
      @ForAll boolean leadsFirst,
      @ForAll @IntRange(min = 1, max = 3) int version) {
    String descr = List.of("<i2", ">i2", "<i4", ">i4", "<f4", ">f4", "<f8", ">f8").get(type);
    double[][] leads = {{1, 2, 3}, {-4, 5, -6}};
    double[] flat = new double[6];
    for (int l = 0; l < 2; l++) {
      for (int i = 0; i < 3; i++) {
        flat[leadsFirst != fortran ? l * 3 + i : i * 2 + l] = leads[l][i];
      }
    }
    byte[] file = npy(version, descr, fortran, leadsFirst ? "2, 3" : "3, 2", values(descr, flat));
    List<RawEcg.Channel> channels =
        NpyReader.read(file, TWO.getBytes(StandardCharsets.UTF_8)).raw().channels();
    assertArrayEquals(leads[0], channels.get(0).samples());
    assertArrayEquals(leads[1], channels.get(1).samples());
    assertEquals("V1", channels.get(0).name());
  }

  @Example
  void scaleRelativeUnitAndBatchOfOne() {
    byte[] file = npy(1, "<i2", false, "1, 2, 2", values("<i2", 1000, -1000, 500, Short.MIN_VALUE));
    Ecg volts =
        EcgAssembler.assemble(
            NpyReader.read(
                    file, TWO.replace("}", ", \"scale\": 0.001}").getBytes(StandardCharsets.UTF_8))
                .raw());
    assertArrayEquals(new float[] {0.5f, Float.NaN}, volts.millivolts()[1], 1e-6f);
    Ecg relative =
        EcgAssembler.assemble(
            NpyReader.read(file, TWO.replace("mV", "zscore").getBytes(StandardCharsets.UTF_8))
                .raw());
    assertFalse(relative.calibrated());
  }

  @Test
  void companionIsFoundByName() {
    byte[] file = npy(1, "<f4", false, "2, 300", new byte[2400]);
    NamedBytes main = new NamedBytes("x/ecg.npy", file);
    assertEquals(java.util.Set.of("ecg.json"), EcgFileDecoder.companions(main));
    Decoded d =
        EcgFileDecoder.decode(
            List.of(new NamedBytes("ecg.json", TWO.getBytes(StandardCharsets.UTF_8)), main));
    assertNotNull(d.content());
    assertEquals(
        ErrorCode.MISSING_CALIBRATION, EcgFileDecoder.decode(List.of(main)).flags().get(0).code());
  }

  @Test
  void companionVerdicts() {
    byte[] file = npy(1, "<f4", false, "2, 3", new byte[24]);
    assertEquals(ErrorCode.MISSING_CALIBRATION, code(file, null));
    assertEquals(ErrorCode.MISSING_CALIBRATION, code(file, TWO.replace("\"rate\": 100,", "")));
    assertEquals(ErrorCode.MISSING_CALIBRATION, code(file, TWO.replace("mV", "")));
    assertEquals(ErrorCode.NO_KNOWN_LEADS, code(file, "{\"rate\": 100, \"unit\": \"mV\"}"));
    assertEquals(ErrorCode.MALFORMED, code(file, "[1, 2"));
    assertEquals(ErrorCode.MALFORMED, code(file, "[".repeat(100_000)));
    assertEquals(ErrorCode.MALFORMED, code(file, TWO.replace("\"V1\", ", "")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TRUNCATED|<f4|2, 300", "UNSUPPORTED_FORMAT|<c8|2, 3", "UNSUPPORTED_FORMAT|<u2|2, 3",
            "MALFORMED|<f4|6",
        "MALFORMED|<f4|", "UNSUPPORTED_FORMAT|<f4|2, 1, 3", "TOO_LARGE|<f4|999999999, 999999999",
            "MALFORMED|<f4|2, 99999999999999999999",
        "MALFORMED|<f4|1, 1, 1, 1, 1, 1, 1, 1, 1", "MALFORMED|<f4|2, x"
      })
  void hostileHeaders(ErrorCode code, String descr, String shape) {
    assertEquals(code, code(npy(1, descr, false, shape == null ? "" : shape, new byte[24]), TWO));
  }

  /** NumPy would unpickle this, that is, run code from the file. */
  @Test
  void objectArraysAreRefused() {
    assertEquals(
        ErrorCode.UNSUPPORTED_FORMAT, code(npy(1, "|O", false, "2, 3", new byte[24]), TWO));
  }

  @Test
  void cutOff() {
    byte[] file = npy(1, "<f4", false, "2, 3", new byte[24]);
    for (int n = 6; n < file.length; n++) {
      ErrorCode code = code(java.util.Arrays.copyOf(file, n), TWO);
      assertEquals(ErrorCode.TRUNCATED, code, "at " + n);
    }
  }
}
