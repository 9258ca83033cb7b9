package io.precordia.ingest;

import io.precordia.ecg.EcgFileDecoder;
import io.precordia.ecg.NamedBytes;
import java.util.List;
import java.util.Map;

/** The decoders of this build, by kind of file. */
public final class StandardDecoders {
  private StandardDecoders() {}

  /** A decoder for everything that is read here. Thread-safe. */
  public static Decoders create() {
    return new Decoders(Map.of(FileType.ECG, s -> EcgFileDecoder.decode(named(s))));
  }

  private static List<NamedBytes> named(Submission submission) {
    return submission.parts().stream().map(p -> new NamedBytes(p.name(), p.bytes())).toList();
  }
}
