package io.precordia.ingest;

import io.precordia.dicom.DicomDecoder;
import io.precordia.ecg.EcgFileDecoder;
import io.precordia.ecg.NamedBytes;
import io.precordia.imaging.ImageFileDecoder;
import io.precordia.report.ReportFileDecoder;
import java.util.List;
import java.util.Map;

/** The decoders of this build, by kind of file. */
public final class StandardDecoders {
  private StandardDecoders() {}

  /** A decoder for everything that is read here. Thread-safe. */
  public static Decoders create() {
    return new Decoders(
        Map.of(
            FileType.DICOM, s -> DicomDecoder.decode(lead(s).bytes()),
            FileType.IMAGE, s -> ImageFileDecoder.decode(lead(s).bytes()),
            FileType.ECG, s -> EcgFileDecoder.decode(named(s)),
            FileType.REPORT, s -> ReportFileDecoder.decode(lead(s).name(), lead(s).bytes())));
  }

  private static Part lead(Submission submission) {
    return submission.parts().getFirst();
  }

  private static List<NamedBytes> named(Submission submission) {
    return submission.parts().stream().map(p -> new NamedBytes(p.name(), p.bytes())).toList();
  }
}
