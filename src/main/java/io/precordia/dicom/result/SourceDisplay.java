package io.precordia.dicom.result;

import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * The grey pipeline of a presentation state, taken from its source: a state replaces what the image
 * says itself (PS3.3 C.11.1, C.11.6, C.11.8, C.10.4).
 */
final class SourceDisplay {
  private SourceDisplay() {}

  static void into(Attributes d, ResultHeader header) {
    ResultSource source = header.source();
    Attributes s = source.data();
    Sequence modality = s.getSequence(Tag.ModalityLUTSequence);
    if (modality != null && !modality.isEmpty()) {
      d.newSequence(Tag.ModalityLUTSequence, 1).add(new Attributes(modality.get(0)));
    } else if (s.containsValue(Tag.RescaleSlope) && s.containsValue(Tag.RescaleIntercept)) {
      d.setString(Tag.RescaleIntercept, VR.DS, source.text(Tag.RescaleIntercept));
      d.setString(Tag.RescaleSlope, VR.DS, source.text(Tag.RescaleSlope));
      d.setString(Tag.RescaleType, VR.LO, "US");
    }
    voi(d, s);
    boolean inverse =
        source.text(Tag.PhotometricInterpretation).equals("MONOCHROME1")
            || source.text(Tag.PresentationLUTShape).equals("INVERSE");
    d.setString(Tag.PresentationLUTShape, VR.CS, inverse ? "INVERSE" : "IDENTITY");
    Attributes area = new Attributes();
    area.newSequence(Tag.ReferencedImageSequence, 1).add(header.sourceReference());
    area.setInt(Tag.DisplayedAreaTopLeftHandCorner, VR.SL, 1, 1);
    area.setInt(Tag.DisplayedAreaBottomRightHandCorner, VR.SL, source.columns(), source.rows());
    area.setString(Tag.PresentationSizeMode, VR.CS, "SCALE TO FIT");
    area.setInt(Tag.PresentationPixelAspectRatio, VR.IS, 1, 1);
    d.newSequence(Tag.DisplayedAreaSelectionSequence, 1).add(area);
  }

  private static void voi(Attributes d, Attributes s) {
    Attributes item = new Attributes();
    Sequence luts = s.getSequence(Tag.VOILUTSequence);
    if (luts != null && !luts.isEmpty()) {
      item.newSequence(Tag.VOILUTSequence, 1).add(new Attributes(luts.get(0)));
    } else {
      double[] center = numbers(s, Tag.WindowCenter);
      double[] width = numbers(s, Tag.WindowWidth);
      if (center.length == 0 || width.length == 0 || !(width[0] >= 1)) {
        return;
      }
      item.setDouble(Tag.WindowCenter, VR.DS, center[0]);
      item.setDouble(Tag.WindowWidth, VR.DS, width[0]);
      if (s.containsValue(Tag.VOILUTFunction)) {
        item.setString(Tag.VOILUTFunction, VR.CS, s.getString(Tag.VOILUTFunction));
      }
    }
    d.newSequence(Tag.SoftcopyVOILUTSequence, 1).add(item);
  }

  private static double[] numbers(Attributes s, int tag) {
    if (!SourceValues.usable(s, tag)) {
      return new double[0];
    }
    double[] values = s.getDoubles(tag);
    return values == null ? new double[0] : values;
  }
}
