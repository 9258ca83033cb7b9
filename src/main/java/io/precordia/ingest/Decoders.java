package io.precordia.ingest;

import io.precordia.error.ErrorCode;
import io.precordia.study.Decoded;
import io.precordia.study.Flag;
import io.precordia.study.Identity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Chooses the decoder of a submission by its content; what has none is flagged. */
public final class Decoders implements FileDecoder {
  private final Map<FileType, FileDecoder> byType;

  public Decoders(Map<FileType, FileDecoder> byType) {
    this.byType = new EnumMap<>(byType);
  }

  @Override
  public Decoded decode(Submission submission) {
    FileType type = FileTypes.of(submission.parts());
    FileDecoder decoder = byType.get(type);
    return decoder != null ? decoder.decode(submission) : flagged(type);
  }

  private static Decoded flagged(FileType type) {
    Flag flag =
        switch (type) {
          case EMPTY -> new Flag(ErrorCode.EMPTY, "the file is empty");
          case ARCHIVE ->
              new Flag(
                  ErrorCode.UNSUPPORTED_FORMAT,
                  "archives and compressed files are not unpacked; import the files inside");
          default ->
              new Flag(
                  ErrorCode.UNSUPPORTED_FORMAT,
                  "not a file type that is read here: DICOM, PNG, JPEG, WFDB, HL7 aECG, CSV, NPY, HL7 v2 or plain text is needed");
        };
    return new Decoded(type.id(), Identity.UNKNOWN, null, List.of(flag));
  }
}
