package io.precordia.dicom.result;

import io.precordia.dicom.DicomObject;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;

/**
 * The received object that a result is about. Immutable after reading; not shared between threads
 * while a writer uses it.
 */
public final class ResultSource {
  private static final String UID = "[0-9.]{1,64}";
  private final Attributes data;
  private final String sopClass;

  private ResultSource(Attributes data, String sopClass) {
    this.data = data;
    this.sopClass = sopClass;
  }

  /**
   * Reads a Part 10 file or bare data set.
   *
   * @throws PrecordiaException BAD_IDENTITY if it lacks the UIDs that a result must refer to, or
   *     what parsing throws
   */
  public static ResultSource read(byte[] file) {
    DicomObject object = DicomObject.parse(file);
    for (int tag : new int[] {Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID}) {
      if (!object.text(tag).matches(UID)) {
        throw noReference();
      }
    }
    if (!object.sopClass().matches(UID)) {
      throw noReference();
    }
    object.data().remove(Tag.PixelData);
    return new ResultSource(object.data(), object.sopClass());
  }

  private static PrecordiaException noReference() {
    return new PrecordiaException(
        ErrorCode.BAD_IDENTITY,
        "the object has no usable study, series, SOP class or SOP instance UID; nothing can refer to it");
  }

  Attributes data() {
    return data;
  }

  String sopClass() {
    return sopClass;
  }

  String text(int tag) {
    String value = data.getString(tag);
    return value == null ? "" : value.strip();
  }

  /** Accession Number (0008,0050), empty if there is none. */
  public String accession() {
    return text(Tag.AccessionNumber);
  }

  String studyUid() {
    return text(Tag.StudyInstanceUID);
  }

  String seriesUid() {
    return text(Tag.SeriesInstanceUID);
  }

  String instanceUid() {
    return text(Tag.SOPInstanceUID);
  }

  int rows() {
    return data.getInt(Tag.Rows, 0);
  }

  int columns() {
    return data.getInt(Tag.Columns, 0);
  }
}
