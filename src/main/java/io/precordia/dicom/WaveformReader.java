package io.precordia.dicom;

import io.precordia.ecg.EcgAssembler;
import io.precordia.ecg.LeadNames;
import io.precordia.ecg.RawEcg;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Ecg;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.jspecify.annotations.Nullable;

/** 12-lead, general and ambulatory ECG objects (PS3.3 A.34, C.10.9). */
final class WaveformReader {
  private static final Set<String> ECGS =
      Set.of(
          "1.2.840.10008.5.1.4.1.1.9.1.1",
          "1.2.840.10008.5.1.4.1.1.9.1.2",
          "1.2.840.10008.5.1.4.1.1.9.1.3",
          "1.2.840.10008.5.1.4.1.1.9.1.4");
  private static final int MAX_CHANNELS = 64;

  private WaveformReader() {}

  static boolean reads(String sopClass) {
    return ECGS.contains(sopClass);
  }

  /** The multiplex group with the most seconds of standard leads; averaged beats are shorter. */
  static Ecg read(DicomObject object) {
    Sequence groups = object.data().getSequence(Tag.WaveformSequence);
    Attributes best = null;
    double most = -1;
    if (groups != null) {
      for (Attributes group : groups) {
        double seconds = standardLeads(group) * seconds(group);
        if (seconds > most) {
          most = seconds;
          best = group;
        }
      }
    }
    if (best == null) {
      throw new PrecordiaException(ErrorCode.EMPTY, "the object holds no waveform");
    }
    return EcgAssembler.assemble(channels(best));
  }

  private static double seconds(Attributes group) {
    double rate = group.getDouble(Tag.SamplingFrequency, 0);
    return rate > 0 ? group.getInt(Tag.NumberOfWaveformSamples, 0) / rate : 0;
  }

  private static int standardLeads(Attributes group) {
    Sequence definitions = group.getSequence(Tag.ChannelDefinitionSequence);
    int n = 0;
    if (definitions != null) {
      for (Attributes channel : definitions) {
        n += LeadNames.parse(name(channel)).isPresent() ? 1 : 0;
      }
    }
    return n;
  }

  private static RawEcg channels(Attributes group) {
    Sequence definitions = group.getSequence(Tag.ChannelDefinitionSequence);
    int channels = group.getInt(Tag.NumberOfWaveformChannels, 0);
    int samples = group.getInt(Tag.NumberOfWaveformSamples, 0);
    if (definitions == null
        || channels < 1
        || channels > MAX_CHANNELS
        || definitions.size() != channels) {
      throw new PrecordiaException(
          ErrorCode.MALFORMED, "the number of waveform channels contradicts their definitions");
    }
    WaveformSamples values = WaveformSamples.of(group, channels, samples);
    double rate = group.getDouble(Tag.SamplingFrequency, 0);
    List<RawEcg.Channel> out = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      Attributes d = definitions.get(c);
      double sensitivity = d.getDouble(Tag.ChannelSensitivity, Double.NaN);
      double correction = d.getDouble(Tag.ChannelSensitivityCorrectionFactor, 1);
      out.add(
          new RawEcg.Channel(
              name(d),
              values.channel(c),
              sensitivity * correction,
              d.getDouble(Tag.ChannelBaseline, 0),
              unit(d),
              rate));
    }
    return new RawEcg(out);
  }

  private static String unit(Attributes channel) {
    Attributes unit = channel.getNestedDataset(Tag.ChannelSensitivityUnitsSequence);
    return unit == null ? "" : DicomObject.text(unit, Tag.CodeValue);
  }

  /** Coded source first, then its meaning, then the label. */
  private static String name(Attributes channel) {
    Attributes source = channel.getNestedDataset(Tag.ChannelSourceSequence);
    @Nullable String fallback = null;
    for (String candidate :
        new String[] {
          source == null ? "" : DicomObject.text(source, Tag.CodeValue),
          source == null ? "" : DicomObject.text(source, Tag.CodeMeaning),
          DicomObject.text(channel, Tag.ChannelLabel)
        }) {
      if (!candidate.isEmpty() && LeadNames.parse(candidate).isPresent()) {
        return candidate;
      }
      fallback = fallback == null && !candidate.isEmpty() ? candidate : fallback;
    }
    return fallback == null ? "" : fallback;
  }
}
