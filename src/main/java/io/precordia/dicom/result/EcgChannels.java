package io.precordia.dicom.result;

import io.precordia.ecg.LeadNames;
import io.precordia.study.Lead;
import java.util.EnumMap;
import java.util.Map;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;

/**
 * Where the leads of a waveform object lie: the multiplex group with the most seconds of standard
 * leads, as the reader takes it.
 */
final class EcgChannels {
  private final int group;
  private final Map<Lead, Integer> channels;

  private EcgChannels(int group, Map<Lead, Integer> channels) {
    this.group = group;
    this.channels = channels;
  }

  static EcgChannels of(ResultSource source) {
    Sequence groups = source.data().getSequence(Tag.WaveformSequence);
    EcgChannels best = new EcgChannels(1, Map.of());
    double most = 0;
    for (int g = 0; groups != null && g < groups.size(); g++) {
      Map<Lead, Integer> leads = leads(groups.get(g));
      double rate = groups.get(g).getDouble(Tag.SamplingFrequency, 0);
      double seconds = rate > 0 ? groups.get(g).getInt(Tag.NumberOfWaveformSamples, 0) / rate : 0;
      if (leads.size() * seconds > most) {
        most = leads.size() * seconds;
        best = new EcgChannels(g + 1, leads);
      }
    }
    return best;
  }

  private static Map<Lead, Integer> leads(Attributes group) {
    Map<Lead, Integer> out = new EnumMap<>(Lead.class);
    Sequence definitions = group.getSequence(Tag.ChannelDefinitionSequence);
    for (int c = 0; definitions != null && c < definitions.size(); c++) {
      int channel = c + 1;
      Attributes definition = definitions.get(c);
      Attributes coded = definition.getNestedDataset(Tag.ChannelSourceSequence);
      for (String name :
          new String[] {
            coded == null ? null : coded.getString(Tag.CodeValue),
            coded == null ? null : coded.getString(Tag.CodeMeaning),
            definition.getString(Tag.ChannelLabel)
          }) {
        if (name != null) {
          LeadNames.parse(name.strip()).ifPresent(match -> out.putIfAbsent(match.lead(), channel));
        }
      }
    }
    return out;
  }

  /** Group and channel of a lead, both from 1; empty for a lead that was derived. */
  int[] of(Lead lead) {
    Integer channel = channels.get(lead);
    return channel == null ? new int[0] : new int[] {group, channel};
  }

  /** All standard leads in channel order. */
  int[] all() {
    return channels.values().stream()
        .sorted()
        .flatMap(c -> java.util.stream.Stream.of(group, c))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
