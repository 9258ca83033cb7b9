package io.precordia.ecg;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Ecg;
import io.precordia.study.Lead;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns any {@link RawEcg} into the canonical {@link Ecg}: identifies leads by name, converts to
 * millivolts, orders them, derives limb leads by Einthoven/Goldberger where two are present, and
 * masks the rest (present = false, NaN). Leads that are not among the twelve are left out. If a
 * lead is recorded twice, the channel with more finite samples counts, the first of equals.
 */
public final class EcgAssembler {
  /** Most samples over all known leads that are assembled. */
  public static final long MAX_SAMPLES = 24_000_000;

  private static final double MAX_RATE = 100_000;

  private EcgAssembler() {}

  /**
   * The canonical recording. Channels of different length are aligned at their start and filled
   * with NaN.
   *
   * @throws PrecordiaException NO_KNOWN_LEADS, MISSING_CALIBRATION (unit, gain or rate absent or
   *     unusable), MALFORMED (leads of different rates), EMPTY (no samples), NOT_FINITE, TOO_LARGE
   */
  public static Ecg assemble(RawEcg raw) {
    RawEcg.@Nullable Channel[] chosen = new RawEcg.Channel[12];
    boolean[] inverted = new boolean[12];
    int[] finite = new int[12];
    for (RawEcg.Channel channel : raw.channels()) {
      Optional<LeadNames.Match> match = LeadNames.parse(channel.name());
      if (match.isPresent()) {
        int row = match.get().lead().ordinal();
        int count = finiteCount(channel.samples());
        if (chosen[row] == null || count > finite[row]) {
          chosen[row] = channel;
          finite[row] = count;
          inverted[row] = match.get().inverted();
        }
      }
    }
    double rate = 0;
    int length = 0;
    int known = 0;
    for (RawEcg.Channel c : chosen) {
      if (c != null) {
        known++;
        length = Math.max(length, c.samples().length);
        rate = commonRate(rate, c.rateHz());
      }
    }
    if (known == 0) {
      throw new PrecordiaException(
          ErrorCode.NO_KNOWN_LEADS,
          "none of the "
              + raw.channels().size()
              + " channels is named as one of the twelve standard leads");
    }
    if (length == 0) {
      throw new PrecordiaException(ErrorCode.EMPTY, "the recording holds no samples");
    }
    if (12L * length > MAX_SAMPLES) {
      throw new PrecordiaException(
          ErrorCode.TOO_LARGE, "the recording has " + length + " samples per lead; split it");
    }
    float[][] millivolts = new float[12][length];
    boolean[] present = new boolean[12];
    for (int row = 0; row < 12; row++) {
      RawEcg.Channel c = chosen[row];
      Arrays.fill(millivolts[row], Float.NaN);
      if (c != null) {
        present[row] = convert(c, raw.calibrated(), inverted[row], millivolts[row]);
      }
    }
    if (!any(present)) {
      throw new PrecordiaException(ErrorCode.NOT_FINITE, "no known lead holds a valid sample");
    }
    boolean[] derived = new boolean[12];
    if (raw.calibrated()) {
      LimbLeads.derive(millivolts, present, derived);
    }
    return new Ecg(millivolts, present, derived, rate, raw.calibrated());
  }

  private static double commonRate(double rate, double next) {
    if (!(next > 0 && next <= MAX_RATE)) {
      throw new PrecordiaException(
          ErrorCode.MISSING_CALIBRATION,
          "the sampling rate is missing or not between 0 and 100 kHz");
    }
    if (rate != 0 && Math.abs(rate - next) > 1e-6 * rate) {
      throw new PrecordiaException(
          ErrorCode.MALFORMED,
          "the leads have different sampling rates; resample them to one rate");
    }
    return rate == 0 ? next : rate;
  }

  private static boolean convert(
      RawEcg.Channel c, boolean calibrated, boolean inverted, float[] out) {
    double factor = 1;
    if (calibrated) {
      factor =
          VoltageUnit.millivolts(c.unit())
              .orElseThrow(
                  () ->
                      new PrecordiaException(
                          ErrorCode.MISSING_CALIBRATION,
                          "a lead's unit is missing or is not a voltage; expected V, mV or uV"));
    }
    if (!Double.isFinite(c.scale()) || c.scale() == 0 || !Double.isFinite(c.offset())) {
      throw new PrecordiaException(
          ErrorCode.MISSING_CALIBRATION, "a lead's gain or offset is missing, zero or not finite");
    }
    boolean any = false;
    double sign = inverted ? -factor : factor;
    double[] samples = c.samples();
    for (int i = 0; i < samples.length; i++) {
      float v = (float) ((samples[i] * c.scale() + c.offset()) * sign);
      if (Float.isFinite(v)) {
        out[i] = v;
        any = true;
      }
    }
    return any;
  }

  private static int finiteCount(double[] samples) {
    int n = 0;
    for (double v : samples) {
      if (Double.isFinite(v)) {
        n++;
      }
    }
    return n;
  }

  private static boolean any(boolean[] flags) {
    for (boolean f : flags) {
      if (f) {
        return true;
      }
    }
    return false;
  }

  /** Names of the twelve leads as printed, in {@link Lead} order. */
  public static String label(Lead lead) {
    return switch (lead) {
      case AVR -> "aVR";
      case AVL -> "aVL";
      case AVF -> "aVF";
      default -> lead.name();
    };
  }
}
