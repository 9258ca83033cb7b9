package io.precordia.dicom;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;

/** Interleaved samples of a multiplex group (PS3.3 C.10.9.1.7). */
final class WaveformSamples {
  private final byte[] data;
  private final int channels;
  private final int samples;
  private final int width;
  private final boolean signed;
  private final boolean bigEndian;
  private final long padding;

  private WaveformSamples(
      byte[] data,
      int channels,
      int samples,
      int width,
      boolean signed,
      boolean bigEndian,
      long padding) {
    this.data = data;
    this.channels = channels;
    this.samples = samples;
    this.width = width;
    this.signed = signed;
    this.bigEndian = bigEndian;
    this.padding = padding;
  }

  /**
   * @throws PrecordiaException TRUNCATED if there are fewer bytes than samples, UNSUPPORTED_FORMAT
   *     for companded audio samples, EMPTY
   */
  static WaveformSamples of(Attributes group, int channels, int samples) {
    String interpretation = DicomObject.text(group, Tag.WaveformSampleInterpretation);
    int width =
        switch (interpretation) {
          case "SB", "UB" -> 1;
          case "SS", "US" -> 2;
          case "SL", "UL" -> 4;
          default ->
              throw new PrecordiaException(
                  ErrorCode.UNSUPPORTED_FORMAT,
                  "waveform samples of this interpretation are not read: signed or unsigned integers are needed");
        };
    byte[] data = group.getSafeBytes(Tag.WaveformData);
    if (samples < 1 || data == null) {
      throw new PrecordiaException(ErrorCode.EMPTY, "the waveform holds no samples");
    }
    if (data.length < (long) channels * samples * width) {
      throw new PrecordiaException(
          ErrorCode.TRUNCATED, "the waveform data end before their samples do; send it again");
    }
    boolean signed = interpretation.charAt(0) == 'S';
    boolean big = group.bigEndian();
    byte[] pad = group.getSafeBytes(Tag.WaveformPaddingValue);
    long padding =
        pad == null || pad.length < width ? Long.MIN_VALUE : value(pad, 0, width, signed, big);
    return new WaveformSamples(data, channels, samples, width, signed, big, padding);
  }

  /** Raw samples; NaN where padded. */
  double[] channel(int channel) {
    double[] out = new double[samples];
    for (int i = 0; i < samples; i++) {
      long v = value(data, (i * channels + channel) * width, width, signed, bigEndian);
      out[i] = v == padding ? Double.NaN : v;
    }
    return out;
  }

  private static long value(byte[] data, int at, int width, boolean signed, boolean big) {
    long v = 0;
    for (int b = 0; b < width; b++) {
      v |= (data[at + b] & 0xffL) << 8 * (big ? width - 1 - b : b);
    }
    int unused = 64 - 8 * width;
    return signed ? v << unused >> unused : v;
  }
}
