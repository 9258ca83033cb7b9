package io.precordia.dicom.result;

import org.aoju.bus.image.galaxy.data.Attributes;

/**
 * A report of one ECG: Comprehensive 3D SR with measurement groups built like TID 1501, which refer
 * to channels of the waveform and, where the model looked, to stretches of time in a lead (TID
 * 321). It does not claim TID 1500, whose procedures are imaging, nor TID 3700, whose measurements
 * of waves it does not have. Stateless and thread-safe.
 */
public final class EcgReportWriter {
  private static final Code SOURCE = Code.sct("260753009", "Source");

  /** The report. */
  public ResultObject write(ResultSource source, Analysis analysis) {
    ResultHeader header = new ResultHeader(source, analysis, ResultKind.ECG_SR, "");
    EcgChannels channels = EcgChannels.of(source);
    ReportFrame frame =
        new ReportFrame(
            header,
            "Precordia ECG findings - NOT FOR CLINICAL USE",
            new Code("11524-6", "LN", "EKG study"),
            Code.sct("29303009", "Electrocardiographic procedure"));
    ContentItems measurements =
        frame.root().container(ReportFrame.CONTAINS, Code.dcm("121070", "Findings"));
    for (Finding finding : analysis.findings()) {
      ContentItems group = frame.group(measurements, finding);
      group.code(
          ReportFrame.MOD, Code.sct("363698007", "Finding Site"), Code.sct("80891009", "Heart"));
      frame.algorithm(group);
      FindingNumbers.into(group, finding);
      group.waveform(ReportFrame.CONTAINS, SOURCE, header.sourceReference(), channels.all());
      if (finding.evidence() instanceof Evidence.Stretches evidence) {
        for (Evidence.Stretch stretch : evidence.stretches()) {
          stretch(group, header.sourceReference(), channels, stretch);
        }
      }
      FindingNumbers.verdict(group, finding);
    }
    frame.qualitative(ImageReportWriter.conclusion(analysis));
    return frame.finish(ResultKind.ECG_SR);
  }

  private static void stretch(
      ContentItems group, Attributes reference, EcgChannels channels, Evidence.Stretch stretch) {
    int[] channel = channels.of(stretch.lead());
    if (channel.length > 0) {
      FindingNumbers.share(group, stretch.share())
          .segment(
              "INFERRED FROM",
              Code.own("relevant-time", "Stretch that the model looked at"),
              stretch.from(),
              stretch.to())
          .waveform("SELECTED FROM", null, reference, channel);
    }
  }
}
