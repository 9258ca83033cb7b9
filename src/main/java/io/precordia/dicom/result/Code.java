package io.precordia.dicom.result;

import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * A coded concept (PS3.3 8.8).
 *
 * @param value code; one of more than 16 characters goes into Long Code Value
 * @param scheme SCT, DCM, LN, UMLS, UCUM or {@link #OWN_SCHEME}
 * @param meaning in English, ASCII
 */
public record Code(String value, String scheme, String meaning) {
  /** Private coding scheme for what no standard code says. */
  public static final String OWN_SCHEME = "99PRECORDIA";

  private static final int SHORT = 16;
  private static final int LONGEST_MEANING = 64;

  static Code dcm(String value, String meaning) {
    return new Code(value, "DCM", meaning);
  }

  static Code sct(String value, String meaning) {
    return new Code(value, "SCT", meaning);
  }

  static Code own(String value, String meaning) {
    return new Code(
        value,
        OWN_SCHEME,
        meaning.length() > LONGEST_MEANING ? meaning.substring(0, LONGEST_MEANING) : meaning);
  }

  Attributes item() {
    Attributes item = new Attributes();
    if (value.length() > SHORT) {
      item.setString(Tag.LongCodeValue, VR.UC, value);
    } else {
      item.setString(Tag.CodeValue, VR.SH, value);
    }
    item.setString(Tag.CodingSchemeDesignator, VR.SH, scheme);
    item.setString(Tag.CodeMeaning, VR.LO, meaning);
    return item;
  }

  /** As the one item of a sequence. */
  void into(Attributes parent, int sequence) {
    parent.newSequence(sequence, 1).add(item());
  }
}
