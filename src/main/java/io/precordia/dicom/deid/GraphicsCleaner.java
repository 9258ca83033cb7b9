package io.precordia.dicom.deid;

import io.precordia.imaging.text.BurnedInText;
import io.precordia.imaging.text.TextBox;
import java.util.List;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;

/** Overlay planes (PS3.3 C.9.2) and graphic annotations (C.10.5). */
final class GraphicsCleaner {
  private static final int FIRST = 0x6000;
  private static final int LAST = 0x601e;
  private static final int ROWS = 0x0010;
  private static final int COLUMNS = 0x0011;
  private static final int FRAMES = 0x0015;
  private static final int DATA = 0x3000;

  private final BurnedInText detector = new BurnedInText();

  /** Clears text in the bitmaps of overlay planes that were kept. */
  void clean(Attributes out) {
    for (int group = FIRST; group <= LAST; group += 2) {
      int base = group << 16;
      byte[] bits = out.getSafeBytes(base | DATA);
      int rows = out.getInt(base | ROWS, 0);
      int columns = out.getInt(base | COLUMNS, 0);
      int frames = Math.max(1, out.getInt(base | FRAMES, 1));
      if (bits == null) {
        continue;
      }
      if (rows < 1 || columns < 1 || (long) rows * columns * frames > 8L * bits.length) {
        remove(out, base);
        continue;
      }
      byte[] cleaned = bits.clone();
      for (int f = 0; f < frames; f++) {
        plane(cleaned, f * rows * columns, columns, rows);
      }
      out.setBytes(base | DATA, VR.OW, cleaned);
    }
  }

  private void plane(byte[] bits, int from, int columns, int rows) {
    float[] grey = new float[rows * columns];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = bits[(from + i) >> 3] >> ((from + i) & 7) & 1;
    }
    List<TextBox> boxes = detector.find(grey, columns, rows);
    for (TextBox box : boxes) {
      for (int y = box.y(); y < box.y() + box.height(); y++) {
        for (int x = box.x(); x < box.x() + box.width(); x++) {
          int i = from + y * columns + x;
          bits[i >> 3] &= (byte) ~(1 << (i & 7));
        }
      }
    }
  }

  private static void remove(Attributes out, int base) {
    for (int tag : out.tags()) {
      if ((tag & 0xffff0000) == base) {
        out.remove(tag);
      }
    }
  }

  /** Every annotation becomes one neutral text at its image's corner; drawings may be letters. */
  static void withoutGraphics(Sequence annotations) {
    for (Attributes item : annotations) {
      item.remove(Tag.GraphicObjectSequence);
      item.remove(Tag.CompoundGraphicSequence);
      Attributes text = new Attributes();
      item.newSequence(Tag.TextObjectSequence, 1).add(text);
      text.setString(Tag.AnchorPointAnnotationUnits, VR.CS, "PIXEL");
      text.setFloat(Tag.AnchorPoint, VR.FL, 1f, 1f);
      text.setString(Tag.AnchorPointVisibility, VR.CS, "N");
      text.setString(Tag.UnformattedTextValue, VR.ST, DummyValues.TEXT);
    }
  }
}
