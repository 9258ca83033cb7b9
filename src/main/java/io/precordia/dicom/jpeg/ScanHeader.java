package io.precordia.dicom.jpeg;

import io.precordia.error.PrecordiaException;
import java.util.ArrayList;
import java.util.List;

/**
 * A scan header (T.81 B.2.3, T.87 C.2.3).
 *
 * @param first start of spectral selection; in JPEG-LS the allowed difference NEAR
 * @param second end of spectral selection; in JPEG-LS the interleave mode
 * @param third successive approximation; in JPEG-LS the point transform
 */
record ScanHeader(List<Selector> components, int first, int second, int third) {
  /**
   * A component of the scan.
   *
   * @param index of the component in the frame
   * @param tables entropy coding tables, DC in the upper half; in JPEG-LS the mapping table
   */
  record Selector(int index, int tables) {}

  /**
   * @throws PrecordiaException PIXEL_DECODE_FAILED
   */
  static ScanHeader read(MarkerParameters in, FrameHeader frame) {
    int count = in.u8();
    if (count < 1 || count > 4 || in.remaining() != 2 * count + 3) {
      throw Faults.damaged("a scan header of the compressed image is unusable");
    }
    List<Selector> components = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int index = frame.index(in.u8());
      int tables = in.u8();
      if (components.stream().anyMatch(c -> c.index() == index)) {
        throw Faults.damaged("a scan names a component twice");
      }
      components.add(new Selector(index, tables));
    }
    return new ScanHeader(List.copyOf(components), in.u8(), in.u8(), in.u8());
  }
}
