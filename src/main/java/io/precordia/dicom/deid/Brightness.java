package io.precordia.dicom.deid;

import io.precordia.dicom.DicomObject;
import io.precordia.dicom.PixelFrame;
import io.precordia.dicom.PixelReader;
import java.util.Locale;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * Stored values as one grey plane to look for text in; scale and polarity do not matter.
 *
 * @param frame size and samples
 * @param palette sum of the three palette colours by index, or null
 * @param luminance true if the first plane already is the brightness (YBR)
 */
record Brightness(PixelFrame frame, float @Nullable [] palette, boolean luminance) {
  static Brightness of(DicomObject object, PixelFrame frame) {
    Attributes data = object.data();
    String photometric = PixelReader.photometric(object, frame).toUpperCase(Locale.ROOT);
    float[] palette = null;
    if (photometric.startsWith("PALETTE")) {
      int[] red = table(data, Tag.RedPaletteColorLookupTableData);
      int[] green = table(data, Tag.GreenPaletteColorLookupTableData);
      int[] blue = table(data, Tag.BluePaletteColorLookupTableData);
      int n = Math.min(red.length, Math.min(green.length, blue.length));
      if (n > 1) {
        palette = new float[n];
        for (int i = 0; i < n; i++) {
          palette[i] = red[i] + green[i] + blue[i];
        }
      }
    }
    return new Brightness(frame, palette, photometric.startsWith("YBR"));
  }

  private static int[] table(Attributes data, int tag) {
    byte[] bytes = data.getSafeBytes(tag);
    if (bytes == null) {
      return new int[0];
    }
    int[] out = new int[bytes.length / 2];
    for (int i = 0; i < out.length; i++) {
      out[i] =
          data.bigEndian()
              ? (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff
              : bytes[2 * i] & 0xff | (bytes[2 * i + 1] & 0xff) << 8;
    }
    return out;
  }

  /**
   * @param values plane after plane
   */
  float[] of(int[] values) {
    int n = frame.pixels();
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      if (palette != null) {
        out[i] = palette[Math.max(0, Math.min(palette.length - 1, values[i]))];
      } else if (frame.samples() == 1 || luminance) {
        out[i] = values[i];
      } else {
        out[i] = values[i] + values[n + i] + values[2 * n + i];
      }
    }
    return out;
  }
}
