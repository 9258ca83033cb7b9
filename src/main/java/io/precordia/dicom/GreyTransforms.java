package io.precordia.dicom;

import io.precordia.imaging.GreyLut;
import io.precordia.imaging.ModalityTransform;
import io.precordia.imaging.RawImage;
import io.precordia.imaging.Voi;
import java.util.Locale;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.jspecify.annotations.Nullable;

/** Reads modality LUT, VOI LUT and polarity of an object (PS3.3 C.11.1, C.11.2, C.11.6). */
final class GreyTransforms {
  private GreyTransforms() {}

  static ModalityTransform modality(Attributes d, boolean signed) {
    Attributes item = d.getNestedDataset(Tag.ModalityLUTSequence);
    GreyLut lut = item == null ? null : lut(item, signed);
    if (lut != null) {
      return new ModalityTransform.Table(lut);
    }
    double slope = d.getDouble(Tag.RescaleSlope, 1);
    double intercept = d.getDouble(Tag.RescaleIntercept, 0);
    return Double.isFinite(slope) && slope != 0 && Double.isFinite(intercept)
        ? new ModalityTransform.Rescale(slope, intercept)
        : ModalityTransform.Rescale.IDENTITY;
  }

  /** The first VOI LUT, else the first usable window, else the full range. */
  static Voi voi(Attributes d, boolean signedInput) {
    Attributes item = d.getNestedDataset(Tag.VOILUTSequence);
    GreyLut lut = item == null ? null : lut(item, signedInput);
    if (lut != null) {
      return new Voi.Table(lut);
    }
    double[] centers = numbers(d, Tag.WindowCenter);
    double[] widths = numbers(d, Tag.WindowWidth);
    Voi.Function function =
        switch (DicomObject.text(d, Tag.VOILUTFunction).toUpperCase(Locale.ROOT)) {
          case "LINEAR_EXACT" -> Voi.Function.LINEAR_EXACT;
          case "SIGMOID" -> Voi.Function.SIGMOID;
          default -> Voi.Function.LINEAR;
        };
    for (int i = 0; i < Math.min(centers.length, widths.length); i++) {
      boolean usable =
          Double.isFinite(centers[i])
              && Double.isFinite(widths[i])
              && (function == Voi.Function.LINEAR ? widths[i] >= 1 : widths[i] > 0);
      if (usable) {
        return new Voi.Window(centers[i], widths[i], function);
      }
    }
    return new Voi.FullRange();
  }

  /** Both ways in which an object says that its smallest value is white. */
  static boolean inverted(DicomObject object) {
    return object.text(Tag.PhotometricInterpretation).equals("MONOCHROME1")
        || object.text(Tag.PresentationLUTShape).equals("INVERSE");
  }

  static RawImage.@Nullable Padding padding(Attributes d, PixelFrame f) {
    if (!d.containsValue(Tag.PixelPaddingValue)) {
      return null;
    }
    int first = f.value(d.getInt(Tag.PixelPaddingValue, 0));
    int last = f.value(d.getInt(Tag.PixelPaddingRangeLimit, first));
    return new RawImage.Padding(Math.min(first, last), Math.max(first, last));
  }

  private static @Nullable GreyLut lut(Attributes item, boolean signedInput) {
    int[] descriptor = item.getInts(Tag.LUTDescriptor);
    if (descriptor == null || descriptor.length < 3) {
      return null;
    }
    int count = descriptor[0] & 0xffff;
    count = count == 0 ? 65_536 : count;
    int first = signedInput ? (short) descriptor[1] : descriptor[1] & 0xffff;
    int bits = Math.clamp(descriptor[2], 8, 16);
    byte[] data = item.getSafeBytes(Tag.LUTData);
    if (data == null || data.length < count) {
      return null;
    }
    boolean octets = data.length < 2 * count;
    int[] entries = new int[count];
    boolean big = item.bigEndian();
    for (int i = 0; i < count; i++) {
      int low = octets ? 0 : data[2 * i + (big ? 1 : 0)] & 0xff;
      int high = octets ? 0 : data[2 * i + (big ? 0 : 1)] & 0xff;
      entries[i] = octets ? data[i] & 0xff : high << 8 | low;
    }
    return new GreyLut(first, entries, bits);
  }

  private static double[] numbers(Attributes d, int tag) {
    String[] values = d.getStrings(tag);
    double[] out = new double[values == null ? 0 : values.length];
    for (int i = 0; i < out.length; i++) {
      try {
        out[i] = Double.parseDouble(String.valueOf(values[i]).strip());
      } catch (NumberFormatException e) {
        out[i] = Double.NaN;
      }
    }
    return out;
  }
}
