package io.precordia.ecg;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Identity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a WFDB record from its header and signal files ({@code .dat}, or {@code .mat} with a MATLAB
 * v4 preamble skipped by its byte offset). Checksums are verified; skew is removed; invalid samples
 * become NaN.
 */
public final class WfdbReader {
  private WfdbReader() {}

  /** Names of the signal files that a header refers to. */
  public static Set<String> signalFiles(byte[] header) {
    Set<String> names = new LinkedHashSet<>();
    WfdbHeader.parse(header).signals().forEach(s -> names.add(s.file()));
    return names;
  }

  /**
   * Reads a record.
   *
   * @param signalFiles by the names that the header uses
   * @throws PrecordiaException TRUNCATED (a signal file is absent or too short), MALFORMED (also a
   *     checksum that does not hold), MISSING_CALIBRATION (gain 0), UNSUPPORTED_FORMAT, TOO_LARGE,
   *     EMPTY
   */
  public static Recording read(byte[] header, Map<String, byte[]> signalFiles) {
    WfdbHeader h = WfdbHeader.parse(header);
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < h.signals().size(); i++) {
      groups.computeIfAbsent(h.signals().get(i).file(), f -> new ArrayList<>()).add(i);
    }
    RawEcg.Channel[] channels = new RawEcg.Channel[h.signals().size()];
    for (Map.Entry<String, List<Integer>> group : groups.entrySet()) {
      byte[] data = signalFiles.get(group.getKey());
      if (data == null) {
        throw new PrecordiaException(
            ErrorCode.TRUNCATED,
            "the WFDB header names a signal file that was not given; import header and signals together");
      }
      readGroup(h, group.getValue(), data, channels);
    }
    return new Recording(new RawEcg(Arrays.asList(channels)), identity(h));
  }

  private static void readGroup(
      WfdbHeader h, List<Integer> members, byte[] data, RawEcg.Channel[] out) {
    WfdbHeader.Signal first = h.signals().get(members.get(0));
    WfdbFormat format = WfdbFormat.of(first.format());
    int perFrame = 0;
    for (int i : members) {
      WfdbHeader.Signal s = h.signals().get(i);
      if (s.format() != first.format() || s.byteOffset() != first.byteOffset()) {
        throw new PrecordiaException(
            ErrorCode.MALFORMED, "WFDB signals in one file differ in format or byte offset");
      }
      perFrame += s.samplesPerFrame();
    }
    long available =
        format.samples(Math.max(0, data.length - (long) first.byteOffset())) / perFrame;
    long frames = h.frames() == 0 ? available : h.frames();
    if (frames > available) {
      throw new PrecordiaException(
          ErrorCode.TRUNCATED,
          "a WFDB signal file holds " + available + " of " + frames + " declared frames");
    }
    if (frames * perFrame > EcgAssembler.MAX_SAMPLES) {
      throw new PrecordiaException(
          ErrorCode.TOO_LARGE,
          "the WFDB record holds more than " + EcgAssembler.MAX_SAMPLES + " samples; split it");
    }
    int at = 0;
    for (int i : members) {
      WfdbHeader.Signal s = h.signals().get(i);
      double[] samples = new double[Math.toIntExact(frames * s.samplesPerFrame())];
      int sum = 0;
      for (int n = 0; n < samples.length; n++) {
        int index = n / s.samplesPerFrame() * perFrame + at + n % s.samplesPerFrame();
        int raw = format.sample(data, first.byteOffset(), index);
        sum += raw;
        samples[n] = raw == format.invalid() ? Double.NaN : raw;
      }
      if (s.checksum() != null && (sum & 0xffff) != s.checksum()) {
        throw new PrecordiaException(
            ErrorCode.MALFORMED,
            "the checksum of WFDB signal "
                + (i + 1)
                + " does not hold; the file is damaged or not the header's");
      }
      out[i] = channel(h, s, deskewed(samples, (long) s.skew() * s.samplesPerFrame()));
      at += s.samplesPerFrame();
    }
  }

  private static RawEcg.Channel channel(WfdbHeader h, WfdbHeader.Signal s, double[] samples) {
    double rate = h.frameRateHz() * s.samplesPerFrame();
    boolean known = LeadNames.parse(s.description()).isPresent();
    if (s.gain() == 0 && known) {
      throw new PrecordiaException(
          ErrorCode.MISSING_CALIBRATION,
          "a WFDB lead has gain 0 (uncalibrated); write its gain into the header");
    }
    double gain = s.gain() == 0 ? 1 : s.gain();
    return RawEcg.Channel.adc(s.description(), samples, gain, s.baseline(), s.unit(), rate);
  }

  /**
   * A signal with skew k is stored k frames late (header(5)); its last k frames were not recorded.
   */
  private static double[] deskewed(double[] samples, long skew) {
    if (skew == 0) {
      return samples;
    }
    int k = (int) Math.min(skew, samples.length);
    double[] out = new double[samples.length];
    Arrays.fill(out, Double.NaN);
    System.arraycopy(samples, k, out, 0, samples.length - k);
    return out;
  }

  private static Identity identity(WfdbHeader h) {
    WfdbComments comments = WfdbComments.of(h.comments());
    return new Identity(
        null,
        null,
        null,
        WfdbComments.date(h.baseDate()),
        comments.sex(),
        comments.ageYears(),
        null,
        List.of());
  }
}
