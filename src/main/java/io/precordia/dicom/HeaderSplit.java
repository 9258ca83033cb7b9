package io.precordia.dicom;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Fragments;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;

/** Parts a data set into a header and a list of the bulk data left out of it. */
final class HeaderSplit {
  private static final int DEEPEST = 64;
  private static final int LARGEST_BINARY = 256;
  private static final int LARGEST_TEXT = 4096;
  private static final int WAVEFORM_DATA = 0x54001010;
  private static final int ENCAPSULATED_DOCUMENT = 0x00420011;
  private final List<BulkElement> bulk = new ArrayList<>();

  /** A copy without bulk data, little endian; value arrays are shared with the original. */
  Attributes header(Attributes data) {
    checkDepth(data, 0);
    return copy(data.bigEndian() ? new Attributes(data, false) : data, "");
  }

  List<BulkElement> bulk() {
    return bulk;
  }

  // Everything that walks a data set later does so by recursion.
  private static void checkDepth(Attributes data, int depth) {
    if (depth > DEEPEST) {
      throw new PrecordiaException(
          ErrorCode.MALFORMED, "sequences are nested more than " + DEEPEST + " deep");
    }
    for (int tag : data.tags()) {
      if (data.getValue(tag) instanceof Sequence items) {
        items.forEach(item -> checkDepth(item, depth + 1));
      }
    }
  }

  private Attributes copy(Attributes data, String path) {
    Attributes out = new Attributes(data.size());
    for (int tag : data.tags()) {
      VR.Holder holder = new VR.Holder();
      Object value = data.getValue(tag, holder);
      VR vr = holder.vr == null ? VR.UN : holder.vr;
      String here = path + hex(tag);
      switch (value) {
        case Fragments fragments -> bulk.add(new BulkElement(here, vr.name(), length(fragments)));
        case Sequence items -> {
          Sequence copies = out.newSequence(tag, items.size());
          for (int i = 0; i < items.size(); i++) {
            copies.add(copy(items.get(i), here + "/" + i + "/"));
          }
        }
        case byte[] bytes when isBulk(tag, vr, bytes.length) ->
            bulk.add(new BulkElement(here, vr.name(), bytes.length));
        case null -> out.setNull(tag, vr);
        default -> out.setValue(tag, vr, value);
      }
    }
    return out;
  }

  static boolean isBulk(int tag, VR vr, int length) {
    int group = tag >>> 16;
    if (length == 0) {
      return false;
    }
    if (group == 0x7fe0 || tag == WAVEFORM_DATA || tag == ENCAPSULATED_DOCUMENT) {
      return true;
    }
    boolean overlayData = (tag & 0xff00ffff) == 0x60003000;
    return switch (vr) {
      case OB, OD, OF, OL, OW, UN -> overlayData || length > LARGEST_BINARY;
      default -> length > LARGEST_TEXT;
    };
  }

  static long length(Fragments fragments) {
    long sum = 0;
    for (Object fragment : fragments) {
      sum += fragment instanceof byte[] bytes ? bytes.length : 0;
    }
    return sum;
  }

  static String hex(int tag) {
    return String.format(Locale.ROOT, "%08X", tag);
  }
}
