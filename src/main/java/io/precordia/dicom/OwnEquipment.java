package io.precordia.dicom;

import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;

/**
 * By what results of this program are known again: an archive may send them back, and they must not
 * be analysed as if they were films or reports.
 */
public final class OwnEquipment {
  /** (0008,0070) of results. */
  public static final String MANUFACTURER = "Precordia";

  /** (0008,1090) of results; simulated films and ECGs have another one. */
  public static final String MODEL_NAME = "Precordia results";

  private OwnEquipment() {}

  /**
   * Whether a result of this program, of any installation: by General Equipment, or by Contributing
   * Equipment where a router put its own name into the first.
   */
  static boolean made(DicomObject object) {
    if (says(object.data())) {
      return true;
    }
    Sequence contributing = object.data().getSequence(Tag.ContributingEquipmentSequence);
    return contributing != null && contributing.stream().anyMatch(OwnEquipment::says);
  }

  private static boolean says(Attributes equipment) {
    return MANUFACTURER.equals(DicomObject.text(equipment, Tag.Manufacturer))
        && MODEL_NAME.equals(DicomObject.text(equipment, Tag.ManufacturerModelName));
  }
}
