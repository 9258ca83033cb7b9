package io.precordia.dicom.write;

import io.precordia.study.Ecg;
import io.precordia.study.Lead;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * Writes a 12-lead ECG Waveform Storage object (PS3.3 A.34.3): one multiplex group of twelve
 * channels, 16-bit samples of one microvolt, channel sources from CID 3001. Stateless and
 * thread-safe.
 */
public final class EcgWaveformWriter {
  private static final String TWELVE_LEAD = "1.2.840.10008.5.1.4.1.1.9.1.1";

  /** Most samples per channel that the IOD allows (PS3.3 A.34.3.4.5). */
  private static final int MAX_SAMPLES = 16384;

  /** MDC codes of the leads in canonical order (IEEE 11073-10101, PS3.16 CID 3001). */
  private static final String[] CODES = {
    "2:1", "2:2", "2:61", "2:62", "2:63", "2:64", "2:3", "2:4", "2:5", "2:6", "2:7", "2:8"
  };

  /**
   * One Part 10 file; the stream is flushed and left open.
   *
   * @throws IllegalArgumentException unless all leads are present and calibrated, at 200 to 1000 Hz
   *     and at most 16,384 samples
   */
  public void write(OutputStream out, ObjectIdentity id, Ecg ecg) throws IOException {
    for (boolean present : ecg.present()) {
      if (!present) {
        throw new IllegalArgumentException("12-lead ECG storage needs all twelve leads");
      }
    }
    if (!ecg.calibrated()
        || ecg.rateHz() < 200
        || ecg.rateHz() > 1000
        || ecg.samples() > MAX_SAMPLES) {
      throw new IllegalArgumentException(
          "12-lead ECG storage needs voltage, 200 to 1000 Hz and at most 16384 samples");
    }
    Attributes d = DicomFile.start(id, TWELVE_LEAD, "ECG");
    d.setString(Tag.SeriesDescription, VR.LO, "12-lead ECG");
    d.setString(Tag.AcquisitionDateTime, VR.DT, DicomFile.date(id) + DicomFile.time(id.time()));
    d.newSequence(Tag.AcquisitionContextSequence, 0);
    Attributes group = DicomFile.item(d, Tag.WaveformSequence);
    group.setString(Tag.MultiplexGroupTimeOffset, VR.DS, "0");
    group.setString(Tag.WaveformOriginality, VR.CS, "ORIGINAL");
    group.setInt(Tag.NumberOfWaveformChannels, VR.US, 12);
    group.setInt(Tag.NumberOfWaveformSamples, VR.UL, ecg.samples());
    group.setString(Tag.SamplingFrequency, VR.DS, decimal(ecg.rateHz()));
    group.setString(Tag.MultiplexGroupLabel, VR.SH, "RHYTHM");
    Sequence channels = group.newSequence(Tag.ChannelDefinitionSequence, 12);
    for (Lead lead : Lead.values()) {
      channels.add(channel(lead));
    }
    group.setInt(Tag.WaveformBitsAllocated, VR.US, 16);
    group.setString(Tag.WaveformSampleInterpretation, VR.CS, "SS");
    group.setBytes(Tag.WaveformData, VR.OW, samples(ecg));
    DicomFile.write(d, out);
  }

  private static Attributes channel(Lead lead) {
    Attributes c = new Attributes();
    String name = label(lead);
    c.setInt(Tag.WaveformChannelNumber, VR.IS, lead.ordinal() + 1);
    c.setString(Tag.ChannelLabel, VR.SH, name);
    DicomFile.code(c, Tag.ChannelSourceSequence, CODES[lead.ordinal()], "MDC", "Lead " + name);
    c.setString(Tag.ChannelSensitivity, VR.DS, "1");
    DicomFile.code(c, Tag.ChannelSensitivityUnitsSequence, "uV", "UCUM", "microvolt");
    c.setString(Tag.ChannelSensitivityCorrectionFactor, VR.DS, "1");
    c.setString(Tag.ChannelBaseline, VR.DS, "0");
    c.setString(Tag.ChannelSampleSkew, VR.DS, "0");
    c.setInt(Tag.WaveformBitsStored, VR.US, 16);
    c.setString(Tag.FilterLowFrequency, VR.DS, "0.05");
    c.setString(Tag.FilterHighFrequency, VR.DS, "150");
    return c;
  }

  private static String label(Lead lead) {
    String name = lead.name();
    return name.startsWith("AV") ? "aV" + name.substring(2) : name;
  }

  /**
   * Interleaved channels, little endian. III is quantised from I and II, so that Einthoven holds to
   * the bit in the file.
   */
  private static byte[] samples(Ecg ecg) {
    int n = ecg.samples();
    byte[] out = new byte[n * 24];
    for (int i = 0; i < n; i++) {
      int one = microvolts(ecg.millivolts()[0][i]);
      int two = microvolts(ecg.millivolts()[1][i]);
      for (int k = 0; k < 12; k++) {
        int v =
            k == 0
                ? one
                : k == 1 ? two : k == 2 ? clamp(two - one) : microvolts(ecg.millivolts()[k][i]);
        out[24 * i + 2 * k] = (byte) v;
        out[24 * i + 2 * k + 1] = (byte) (v >>> 8);
      }
    }
    return out;
  }

  private static int microvolts(float millivolts) {
    return clamp(Math.round(millivolts * 1000f));
  }

  private static int clamp(int v) {
    return Math.max(Short.MIN_VALUE + 1, Math.min(Short.MAX_VALUE, v));
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
