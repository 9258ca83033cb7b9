package io.precordia.dicom.deid;

import java.util.Set;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * Content items of structured reports (PS3.3 C.17.3) whose concept says that they identify (TID
 * 1002 to 1010). What is optional there goes as a whole; other items keep their place and lose
 * their identifying value by the attribute table.
 */
final class ContentItems {
  private static final int OLDEST = 89;

  /** Subject name, id, birth date; placer, filler and accession number; observer's login. */
  private static final Set<String> ALWAYS =
      Set.of("121029", "121030", "121031", "121020", "121021", "121022", "121011", "128774");

  /** Subject sex, age, species ... */
  private static final Set<String> PATIENT = Set.of("121032", "121033");

  /** Device observer name, serial number, physical location. */
  private static final Set<String> DEVICE = Set.of("121013", "121016", "121017");

  /** Organisation of the observer. */
  private static final Set<String> INSTITUTION = Set.of("121009");

  private static final String SUBJECT_AGE = "121033";

  private final DeidentificationProfile profile;

  ContentItems(DeidentificationProfile profile) {
    this.profile = profile;
  }

  boolean dropped(Attributes item) {
    String concept = concept(item);
    return ALWAYS.contains(concept)
        || PATIENT.contains(concept) && !profile.has(ProfileOption.RETAIN_PATIENT_CHARACTERISTICS)
        || DEVICE.contains(concept) && !profile.has(ProfileOption.RETAIN_DEVICE_IDENTITY)
        || INSTITUTION.contains(concept) && !profile.has(ProfileOption.RETAIN_INSTITUTION_IDENTITY);
  }

  /** Caps the age of the subject in a cleaned item (45 CFR 164.514(b)(2)(i)(C)). */
  void cap(Attributes cleaned) {
    Attributes measured = cleaned.getNestedDataset(Tag.MeasuredValueSequence);
    if (concept(cleaned).equals(SUBJECT_AGE) && measured != null) {
      Attributes unit = measured.getNestedDataset(Tag.MeasurementUnitsCodeSequence);
      boolean years = unit == null || "a".equals(unit.getString(Tag.CodeValue));
      if (years && measured.getDouble(Tag.NumericValue, 0) > OLDEST) {
        measured.setString(Tag.NumericValue, VR.DS, "90");
        measured.remove(Tag.FloatingPointValue);
      }
    }
  }

  private static String concept(Attributes item) {
    Attributes name = item.getNestedDataset(Tag.ConceptNameCodeSequence);
    String value = name == null ? null : name.getString(Tag.CodeValue);
    return value == null ? "" : value;
  }
}
