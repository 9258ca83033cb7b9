package io.precordia.ecg;

import java.util.List;

/**
 * A recording as a file states it, before leads are identified: the common form between every
 * reader (WFDB, aECG, CSV, NPY, DICOM waveform) and {@link EcgAssembler}.
 *
 * @param channels in the file's order, with the file's own names; all start at the same instant
 * @param calibrated false where the amplitudes are relative (z-scores): units are then ignored and
 *     no lead is derived
 */
public record RawEcg(List<Channel> channels, boolean calibrated) {
  public RawEcg {
    channels = List.copyOf(channels);
  }

  /** A calibrated recording. */
  public RawEcg(List<Channel> channels) {
    this(channels, true);
  }

  /**
   * One channel. The physical value is {@code samples[i] * scale + offset} in {@code unit}.
   *
   * @param name lead name or code as the file gives it; see {@link LeadNames}
   * @param samples raw numbers; NaN where the file marks a sample as missing, invalid or saturated
   * @param scale physical units per raw step, finite and not 0
   * @param offset physical value of raw 0
   * @param unit mV, uV, µV, V or nV; see {@link VoltageUnit}
   * @param rateHz samples per second
   */
  public record Channel(
      String name, double[] samples, double scale, double offset, String unit, double rateHz) {

    /** An analogue-to-digital converter's view (WFDB): physical = (raw - baseline) / gain. */
    public static Channel adc(
        String name, double[] samples, double gain, double baseline, String unit, double rateHz) {
      return new Channel(name, samples, 1 / gain, -baseline / gain, unit, rateHz);
    }

    /** Samples that are already physical values in {@code unit}. */
    public static Channel physical(String name, double[] samples, String unit, double rateHz) {
      return new Channel(name, samples, 1, 0, unit, rateHz);
    }
  }
}
