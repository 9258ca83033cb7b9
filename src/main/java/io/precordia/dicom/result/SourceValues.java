package io.precordia.dicom.result;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * Whether a value of a source may be repeated: an object that breaks its own value representation
 * (PS3.5 6.2) must not make the result break it too.
 */
final class SourceValues {
  private static final Map<VR, Pattern> FORMS =
      Map.of(
          VR.DA, Pattern.compile("\\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])"),
          VR.TM, Pattern.compile("([01]\\d|2[0-3])([0-5]\\d(([0-5]\\d|60)(\\.\\d{1,6})?)?)?"),
          VR.AS, Pattern.compile("\\d{3}[DWMY]"),
          VR.CS, Pattern.compile("[A-Z0-9 _]{1,16}"),
          VR.DS, Pattern.compile("[-+]?\\d+(\\.\\d*)?([eE][-+]?\\d+)?|[-+]?\\.\\d+"),
          VR.SH, Pattern.compile("[^\\\\\\p{Cntrl}]{1,16}"),
          VR.LO, Pattern.compile("[^\\\\\\p{Cntrl}]{1,64}"),
          VR.UI, Pattern.compile("(0|[1-9]\\d*)(\\.(0|[1-9]\\d*))+"));

  private static final Map<Integer, Set<String>> ENUMERATED =
      Map.of(
          Tag.PatientSex, Set.of("M", "F", "O"),
          Tag.PatientIdentityRemoved, Set.of("YES", "NO"),
          Tag.TypeOfPatientID, Set.of("TEXT", "RFID", "BARCODE"));

  private SourceValues() {}

  private static final Map<Integer, Pattern> OWN_FORMS =
      Map.of(Tag.TimezoneOffsetFromUTC, Pattern.compile("[-+](0\\d|1[0-4])[0-5]\\d"));

  /** True also for an absent or empty attribute. */
  static boolean usable(Attributes data, int tag) {
    if (!data.containsValue(tag)) {
      return !(data.getVR(tag) == VR.SQ);
    }
    VR vr = data.getVR(tag);
    Pattern form =
        tag == Tag.SpecificCharacterSet ? null : OWN_FORMS.getOrDefault(tag, FORMS.get(vr));
    Set<String> known = ENUMERATED.get(tag);
    if (form == null && known == null) {
      return true;
    }
    String[] values = data.getStrings(tag);
    if (values == null) {
      return true;
    }
    for (String value : values) {
      String text = value == null ? "" : value.strip();
      if (!text.isEmpty()
          && ((form != null && !form.matcher(text).matches())
              || (known != null && !known.contains(text)))) {
        return false;
      }
    }
    return true;
  }
}
