package io.precordia.dicom.jpeg;

import io.precordia.error.PrecordiaException;
import java.util.ArrayList;
import java.util.List;

/**
 * A frame header (T.81 B.2.2, T.87 C.2.2).
 *
 * @param precision bits of a sample
 * @param lines 0 if a DNL segment defines it, which DICOM has no use for
 */
record FrameHeader(int precision, int lines, int samplesPerLine, List<Component> components) {
  /**
   * A component of the frame.
   *
   * @param horizontal sampling factor, 1 to 4
   * @param vertical sampling factor, 1 to 4
   * @param table quantization table, 0 to 3; 0 in JPEG-LS
   */
  record Component(int id, int horizontal, int vertical, int table) {}

  /**
   * @throws PrecordiaException PIXEL_DECODE_FAILED
   */
  static FrameHeader read(MarkerParameters in) {
    int precision = in.u8();
    int lines = in.u16();
    int columns = in.u16();
    int count = in.u8();
    if (precision < 2 || precision > 16 || count < 1 || in.remaining() != 3 * count) {
      throw Faults.damaged("the frame header of the compressed image is unusable");
    }
    List<Component> components = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int id = in.u8();
      int factors = in.u8();
      int table = in.u8();
      int h = factors >> 4;
      int v = factors & 15;
      if (h < 1 || h > 4 || v < 1 || v > 4 || table > 3) {
        throw Faults.damaged("a component of the compressed image is unusable");
      }
      if (components.stream().anyMatch(c -> c.id() == id)) {
        throw Faults.damaged("two components of the compressed image have one identifier");
      }
      components.add(new Component(id, h, v, table));
    }
    return new FrameHeader(precision, lines, columns, List.copyOf(components));
  }

  /**
   * Index of a component.
   *
   * @throws PrecordiaException PIXEL_DECODE_FAILED without such a one
   */
  int index(int id) {
    for (int i = 0; i < components.size(); i++) {
      if (components.get(i).id() == id) {
        return i;
      }
    }
    throw Faults.damaged("a scan names a component that the frame does not have");
  }

  /** Largest horizontal sampling factor. */
  int horizontal() {
    return components.stream().mapToInt(Component::horizontal).max().orElseThrow();
  }

  /** Largest vertical sampling factor. */
  int vertical() {
    return components.stream().mapToInt(Component::vertical).max().orElseThrow();
  }
}
