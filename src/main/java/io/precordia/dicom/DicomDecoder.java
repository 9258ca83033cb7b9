package io.precordia.dicom;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Content;
import io.precordia.study.Decoded;
import io.precordia.study.Flag;
import io.precordia.study.Identity;
import io.precordia.study.ObjectHeader;
import java.util.List;

/**
 * DICOM objects of any kind: radiographs, ECGs and text reports become content, everything else is
 * told apart and flagged with its reason. Stateless and thread-safe.
 */
public final class DicomDecoder {
  private static final String FORMAT = "dicom";
  private static final String DIRECTORY = "1.2.840.10008.1.3.10";

  private DicomDecoder() {}

  /**
   * Decodes one Part 10 file or bare data set. What can be told of its identity is kept even where
   * the content cannot be read.
   *
   * @throws PrecordiaException TRUNCATED, MALFORMED or DECOMPRESSION_LIMIT if not even the data set
   *     can be parsed
   */
  public static Decoded decode(byte[] bytes) {
    DicomObject object = DicomObject.parse(bytes);
    Identity identity = IdentityReader.read(object);
    ObjectHeader header = DicomHeader.of(object).entry();
    Flag complaint = IdentityReader.complaint(object);
    if (complaint == null && OwnEquipment.made(object)) {
      complaint =
          new Flag(
              ErrorCode.OWN_RESULT,
              "a result that this program made came back; it is kept but not analysed again");
    }
    if (complaint != null) {
      return flagged(identity, header, complaint);
    }
    try {
      return new Decoded(FORMAT, identity, content(object), List.of(), header);
    } catch (PrecordiaException e) {
      return flagged(identity, header, new Flag(e.code(), String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      return flagged(
          identity,
          header,
          new Flag(ErrorCode.MALFORMED, "an attribute of the object has an unusable value"));
    }
  }

  /**
   * What can be told of an object whose content could not be decoded within time and memory: its
   * identity and header, with the reasons given.
   *
   * @throws PrecordiaException as {@link #decode}
   */
  public static Decoded undecoded(byte[] bytes, List<Flag> reasons) {
    DicomObject object = DicomObject.parse(bytes);
    return new Decoded(
        FORMAT, IdentityReader.read(object), null, reasons, DicomHeader.of(object).entry());
  }

  private static Content content(DicomObject object) {
    String sopClass = object.sopClass();
    if (RadiographReader.reads(sopClass)) {
      return RadiographReader.read(object);
    }
    if (WaveformReader.reads(sopClass)) {
      return WaveformReader.read(object);
    }
    if (StructuredReportReader.reads(sopClass)) {
      return StructuredReportReader.read(object);
    }
    if (sopClass.isEmpty()) {
      throw new PrecordiaException(
          ErrorCode.MALFORMED, "the object does not say what it is: SOP Class UID is absent");
    }
    throw new PrecordiaException(
        ErrorCode.UNSUPPORTED_MODALITY,
        sopClass.equals(DIRECTORY)
            ? "a DICOM directory holds no content; import the files beside it"
            : "objects of this kind (SOP class "
                + (sopClass.matches("1\\.2\\.840\\.10008\\.[0-9.]{1,50}") ? sopClass : "private")
                + ") have no encoder; chest radiographs, ECGs and text reports do");
  }

  private static Decoded flagged(Identity identity, ObjectHeader header, Flag why) {
    return new Decoded(FORMAT, identity, null, List.of(why), header);
  }
}
