package io.precordia.ecg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Ecg;
import io.precordia.study.Lead;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EcgAssemblerTest {
  private static RawEcg.Channel channel(String name, String unit, double... values) {
    return RawEcg.Channel.physical(name, values, unit, 500);
  }

  private static ErrorCode code(RawEcg raw) {
    return assertThrows(PrecordiaException.class, () -> EcgAssembler.assemble(raw)).code();
  }

  @Test
  void unitsGainsOffsetsAndOrder() {
    Ecg ecg =
        EcgAssembler.assemble(
            new RawEcg(
                List.of(
                    channel("V6", "V", 0.001, 0.002),
                    channel("aVF", "\u00b5V", 1500, -500),
                    RawEcg.Channel.adc("I", new double[] {1124, 924}, 200, 1024, "mV", 500),
                    new RawEcg.Channel("V1", new double[] {10, 20}, 2.5, 100, "uV", 500))));
    assertArrayEquals(new float[] {1, 2}, ecg.millivolts()[Lead.V6.ordinal()], 1e-6f);
    assertArrayEquals(new float[] {1.5f, -0.5f}, ecg.millivolts()[Lead.AVF.ordinal()], 1e-6f);
    assertArrayEquals(new float[] {0.5f, -0.5f}, ecg.millivolts()[Lead.I.ordinal()], 1e-6f);
    assertArrayEquals(new float[] {0.125f, 0.15f}, ecg.millivolts()[Lead.V1.ordinal()], 1e-6f);
    assertFalse(ecg.present()[Lead.V2.ordinal()]);
    assertTrue(Float.isNaN(ecg.millivolts()[Lead.V2.ordinal()][0]));
    assertTrue(ecg.derived()[Lead.II.ordinal()] && ecg.present()[Lead.II.ordinal()]);
    assertFalse(ecg.derived()[Lead.AVF.ordinal()]);
  }

  /** From any two limb leads of a consistent set, in any order, the other four come back. */
  @Property(tries = 60, seed = "1")
  void anyTwoLimbLeadsGiveAllSix(
      @ForAll @IntRange(max = 5) int a, @ForAll @IntRange(max = 5) int b, @ForAll Random random) {
    if (a == b) {
      return;
    }
    double[][] limb = new double[6][20];
    for (int i = 0; i < 20; i++) {
      double ra = random.nextGaussian();
      double la = random.nextGaussian();
      double ll = random.nextGaussian();
      limb[0][i] = la - ra;
      limb[1][i] = ll - ra;
      limb[2][i] = ll - la;
      limb[3][i] = ra - (la + ll) / 2;
      limb[4][i] = la - (ra + ll) / 2;
      limb[5][i] = ll - (ra + la) / 2;
    }
    List<RawEcg.Channel> channels = new ArrayList<>();
    channels.add(channel(Lead.values()[a].name(), "mV", limb[a]));
    channels.add(channel(Lead.values()[b].name(), "mV", limb[b]));
    Collections.shuffle(channels, random);
    Ecg ecg = EcgAssembler.assemble(new RawEcg(channels));
    for (int lead = 0; lead < 6; lead++) {
      assertTrue(ecg.present()[lead]);
      assertEquals(lead != a && lead != b, ecg.derived()[lead]);
      for (int i = 0; i < 20; i++) {
        assertEquals(limb[lead][i], ecg.millivolts()[lead][i], 1e-5);
      }
    }
  }

  @Test
  void oneLimbLeadDerivesNothingAndPrecordialLeadsNever() {
    Ecg ecg =
        EcgAssembler.assemble(
            new RawEcg(List.of(channel("II", "mV", 1, 2), channel("V1", "mV", 1, 2))));
    int present = 0;
    for (boolean p : ecg.present()) {
      present += p ? 1 : 0;
    }
    assertEquals(2, present);
  }

  @Test
  void relativeAmplitudesDeriveNothing() {
    Ecg ecg =
        EcgAssembler.assemble(
            new RawEcg(List.of(channel("I", "", 1, 2), channel("II", "", 1, 2)), false));
    assertFalse(ecg.calibrated());
    assertFalse(ecg.present()[Lead.III.ordinal()]);
  }

  @Test
  void missingSamplesStayMissingAlsoInDerivedLeads() {
    Ecg ecg =
        EcgAssembler.assemble(
            new RawEcg(List.of(channel("I", "mV", 1, Double.NaN, 3), channel("II", "mV", 1, 2))));
    assertTrue(Float.isNaN(ecg.millivolts()[Lead.III.ordinal()][1]));
    assertTrue(
        Float.isNaN(ecg.millivolts()[Lead.II.ordinal()][2]),
        "the shorter lead is filled at its end");
    assertEquals(0, ecg.millivolts()[Lead.III.ordinal()][0]);
  }

  @Test
  void invertedAvrAndDuplicates() {
    Ecg ecg =
        EcgAssembler.assemble(
            new RawEcg(
                List.of(
                    channel("-aVR", "mV", 1, 2),
                    channel("V1", "mV", 5, Double.NaN),
                    channel("Lead V1", "mV", 7, 8))));
    assertArrayEquals(new float[] {-1, -2}, ecg.millivolts()[Lead.AVR.ordinal()]);
    assertArrayEquals(new float[] {7, 8}, ecg.millivolts()[Lead.V1.ordinal()]);
  }

  @Test
  void verdicts() {
    assertEquals(ErrorCode.NO_KNOWN_LEADS, code(new RawEcg(List.of(channel("MLII", "mV", 1)))));
    assertEquals(ErrorCode.NO_KNOWN_LEADS, code(new RawEcg(List.of())));
    assertEquals(ErrorCode.MISSING_CALIBRATION, code(new RawEcg(List.of(channel("I", "", 1)))));
    assertEquals(ErrorCode.MISSING_CALIBRATION, code(new RawEcg(List.of(channel("I", "mmHg", 1)))));
    assertEquals(
        ErrorCode.MISSING_CALIBRATION,
        code(new RawEcg(List.of(RawEcg.Channel.adc("I", new double[] {1}, 0, 0, "mV", 500)))));
    assertEquals(
        ErrorCode.MISSING_CALIBRATION,
        code(new RawEcg(List.of(RawEcg.Channel.physical("I", new double[] {1}, "mV", 0)))));
    assertEquals(
        ErrorCode.MISSING_CALIBRATION,
        code(
            new RawEcg(List.of(RawEcg.Channel.physical("I", new double[] {1}, "mV", Double.NaN)))));
    assertEquals(
        ErrorCode.MALFORMED,
        code(
            new RawEcg(
                List.of(
                    channel("I", "mV", 1),
                    RawEcg.Channel.physical("II", new double[] {1}, "mV", 250)))));
    assertEquals(ErrorCode.EMPTY, code(new RawEcg(List.of(channel("I", "mV")))));
    assertEquals(
        ErrorCode.NOT_FINITE,
        code(new RawEcg(List.of(channel("I", "mV", Double.NaN, Double.POSITIVE_INFINITY)))));
  }
}
