package io.precordia.dicom.deid;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.Set;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;

/** Objects that cannot be cleaned safely under a profile, each with the reason. */
final class RefusedObjects {
  private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";
  private static final String ANNOTATIONS = STORAGE + "91.";
  private static final String ENCAPSULATED = STORAGE + "104.";
  private static final String SECONDARY_CAPTURE = STORAGE + "7";
  private static final String STRUCTURED_REPORT = STORAGE + "88.";

  /** Raw data, real-world video, protocols: contents that nothing here can read. */
  private static final Set<String> OPAQUE =
      Set.of(
          STORAGE + "66",
          STORAGE + "66.7",
          STORAGE + "77.1.1.1",
          STORAGE + "77.1.2.1",
          STORAGE + "77.1.4.1");

  private RefusedObjects() {}

  /**
   * @throws PrecordiaException NOT_DEIDENTIFIABLE with what to do
   */
  static void check(String sopClass, Attributes data, DeidentificationProfile profile) {
    if (!sopClass.startsWith(STORAGE)) {
      throw refused(
          "of a SOP class that is not among the standard storage classes; nobody can tell what is in it");
    }
    if (sopClass.startsWith(ENCAPSULATED) || data.contains(Tag.EncapsulatedDocument)) {
      throw refused("an encapsulated document; take the document out and clean it on its own");
    }
    if (sopClass.startsWith(ANNOTATIONS)) {
      throw refused("bulk annotations, whose attributes the data dictionary here does not know");
    }
    if (OPAQUE.contains(sopClass)) {
      throw refused("raw data or video; its contents cannot be looked through");
    }
    if (sopClass.startsWith(STRUCTURED_REPORT)
        && !profile.has(ProfileOption.CLEAN_STRUCTURED_CONTENT)) {
      throw refused(
          "a structured report, and the profile does not clean structured content; use a profile with clean-structured-content");
    }
    boolean pixels = data.contains(Tag.PixelData);
    boolean burnedIn =
        "YES".equals(data.getString(Tag.BurnedInAnnotation))
            || sopClass.startsWith(SECONDARY_CAPTURE)
                && !"NO".equals(data.getString(Tag.BurnedInAnnotation));
    if (pixels && burnedIn && !profile.has(ProfileOption.CLEAN_PIXEL_DATA)) {
      throw refused(
          "an image that may have text in its pixels, and the profile does not clean them; use a profile with clean-pixel-data");
    }
    if (data.contains(Tag.FloatPixelData) || data.contains(Tag.DoubleFloatPixelData)) {
      return; // maps computed by programs; no text is drawn into them
    }
    if (data.contains(Tag.SpectroscopyData)) {
      throw refused("spectroscopy; its contents cannot be looked through");
    }
  }

  static PrecordiaException refused(String why) {
    return new PrecordiaException(
        ErrorCode.NOT_DEIDENTIFIABLE, "the object is not given out: it is " + why);
  }
}
