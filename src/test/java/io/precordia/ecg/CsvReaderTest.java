package io.precordia.ecg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Decoded;
import io.precordia.study.Ecg;
import io.precordia.study.Lead;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvReaderTest {
  private static Ecg ecg(String text) {
    return EcgAssembler.assemble(CsvReader.read(text.getBytes(StandardCharsets.UTF_8)).raw());
  }

  @Test
  void commentsUnitsAndMissingCells() {
    Ecg e =
        ecg("\ufeff# rate=500, unit=uV\r\nII,V1 (mV),note\r\n100,0.5,1\r\n,NaN,2\r\n-50,NA,3\r\n");
    assertEquals(500, e.rateHz());
    assertArrayEquals(new float[] {0.1f, Float.NaN, -0.05f}, e.millivolts()[1], 1e-6f);
    assertArrayEquals(
        new float[] {0.5f, Float.NaN, Float.NaN}, e.millivolts()[Lead.V1.ordinal()], 1e-6f);
  }

  @Test
  void timeColumnGivesTheRate() {
    assertEquals(250, ecg("time (ms),I [mV]\n0,1\n4,2\n8,3\n").rateHz());
    assertEquals(100, ecg("t;I (\u00b5V)\n0,00;1,5\n0,01;2,5\n0,02;3\n").rateHz());
    assertEquals(
        0.0015f, ecg("t;I (\u00b5V)\n0,00;1,5\n0,01;2,5\n0,02;3\n").millivolts()[0][0], 1e-9f);
    assertEquals(1000, ecg("time_s\tI_mV\n1.000\t1\n1.001\t2\n1.002\t3\n").rateHz());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MISSING_CALIBRATION|'I (mV)\n1\n2\n'",
        "MISSING_CALIBRATION|'# rate=500\nI\n1\n2\n'",
        "MISSING_CALIBRATION|'# rate=fast\nI (mV)\n1\n2\n'",
        "MISSING_CALIBRATION|'# rate=-5\nI (mV)\n1\n2\n'",
        "MISSING_CALIBRATION|'time,I (mV)\n0,1\n4,2\n8,3\n'",
        "NO_KNOWN_LEADS|'# rate=500\nABP,RESP\n1,2\n'",
        "MALFORMED|'# rate=500\nI (mV),II (mV)\n1,2\n3\n'",
        "MALFORMED|'# rate=500\nI (mV),II (mV)\n1,2,3\n'",
        "MALFORMED|'# rate=500\nI (mV)\nabc\n'",
        "MALFORMED|'time (s),I (mV)\n0,1\n0.002,2\n0.010,3\n'",
        "EMPTY|'# rate=500\n'",
        "EMPTY|'# rate=500\nI (mV)\n'",
      })
  void verdicts(ErrorCode code, String text) {
    assertEquals(code, assertThrows(PrecordiaException.class, () -> ecg(text)).code());
  }

  @Property(tries = 40, seed = "1")
  void valuesSurvive(@ForAll Random random) {
    StringBuilder text =
        new StringBuilder("# fs: 360\n V6 , aVL(mV),II(uV)\n".replace(" V6 ", "V6 (V)"));
    double[][] values = new double[3][30];
    for (int i = 0; i < 30; i++) {
      for (int c = 0; c < 3; c++) {
        values[c][i] = random.nextGaussian();
        text.append(c == 0 ? "" : ",").append(String.format(Locale.ROOT, "%.12g", values[c][i]));
      }
      text.append('\n');
    }
    List<RawEcg.Channel> channels =
        CsvReader.read(text.toString().getBytes(StandardCharsets.UTF_8)).raw().channels();
    assertEquals(List.of("V", "mV", "uV"), channels.stream().map(RawEcg.Channel::unit).toList());
    for (int c = 0; c < 3; c++) {
      assertArrayEquals(values[c], channels.get(c).samples(), 1e-10);
      assertEquals(360, channels.get(c).rateHz());
    }
  }

  @Test
  void recognisedByContentOnly() {
    byte[] ecg =
        "# rate=100\nI (mV),II (mV)\n"
            .concat("0.1,0.2\n".repeat(300))
            .getBytes(StandardCharsets.UTF_8);
    Decoded d = EcgFileDecoder.decode(List.of(new NamedBytes("whatever.bin", ecg)));
    assertEquals("csv", d.format());
    assertNotNull(d.content());
    assertFalse(
        CsvReader.looksLike(
            "I saw the patient today, and\nthere was nothing to report\n"
                .getBytes(StandardCharsets.UTF_8)));
    assertFalse(CsvReader.looksLike(new byte[0]));
  }

  @Test
  void aMillionRowsAreReadInLinearTime() {
    byte[] big =
        "# rate=500\nI (mV),II (mV)\n"
            .concat("0.125,-0.25\n".repeat(300_000))
            .getBytes(StandardCharsets.UTF_8);
    assertTimeout(
        Duration.ofMinutes(1),
        () -> assertTrue(CsvReader.read(big).raw().channels().get(0).samples().length == 300_000));
  }
}
