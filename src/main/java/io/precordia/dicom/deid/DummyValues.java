package io.precordia.dicom.deid;

import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;

/** Values that are valid for their VR and say nothing. */
final class DummyValues {
  static final String TEXT = "REMOVED";
  static final String DATE = "19000101";

  private DummyValues() {}

  /** Puts a dummy into {@code out}, of the size that the original had where size matters. */
  static void set(Attributes out, int tag, VR vr, Attributes original) {
    switch (vr) {
      case DA -> out.setString(tag, vr, DATE);
      case TM -> out.setString(tag, vr, "000000");
      case DT -> out.setString(tag, vr, DATE + "000000");
      case PN -> out.setString(tag, vr, "Removed");
      case AS -> out.setString(tag, vr, "000Y");
      case DS, IS -> out.setString(tag, vr, "0");
      case AE, CS, LO, LT, SH, ST, UC, UT -> out.setString(tag, vr, TEXT);
      case UR -> out.setString(tag, vr, "urn:removed");
      case OB, OD, OF, OL, OW -> {
        byte[] was = original.getSafeBytes(tag);
        out.setBytes(tag, vr, new byte[was == null ? 2 : was.length]);
      }
      case AT, SL, SS, UL, US -> out.setInt(tag, vr, 0);
      case FD -> out.setDouble(tag, vr, 0);
      case FL -> out.setFloat(tag, vr, 0);
      default -> out.setNull(tag, vr);
    }
  }

  /** A coded item that says that the code was removed. */
  static Attributes code() {
    Attributes item = new Attributes();
    item.setString(0x00080100, VR.SH, TEXT);
    item.setString(0x00080102, VR.SH, "99PRECORDIA");
    item.setString(0x00080104, VR.LO, "Removed");
    return item;
  }
}
