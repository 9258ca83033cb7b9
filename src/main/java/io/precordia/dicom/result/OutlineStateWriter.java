package io.precordia.dicom.result;

import java.util.Locale;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * A Grayscale Softcopy Presentation State (PS3.3 A.33.1) that shows the source as it says itself
 * and draws the outline of the relevant area over it. Stateless and thread-safe.
 */
public final class OutlineStateWriter {
  private static final String GSPS = "1.2.840.10008.5.1.4.1.1.11.1";
  private static final String LAYER = "PRECORDIA";
  private static final int CIELAB_MIDDLE = 0x8080;
  private static final int CIELAB_BRIGHT = 0xC000;

  /**
   * The state.
   *
   * @param finding what was outlined; its evidence is the area
   * @param number among the results of the source, from 1 to 9
   */
  public ResultObject write(
      ResultSource source, Analysis analysis, Finding finding, Evidence.Area area, int number) {
    ResultHeader header = new ResultHeader(source, analysis, ResultKind.GSPS, finding.fact());
    Attributes d = header.start(GSPS, "PR", "Precordia outlines - NOT FOR CLINICAL USE", number);
    d.setNull(Tag.Laterality, VR.CS);
    d.setString(Tag.ContentLabel, VR.CS, "PRECORDIA");
    d.setString(Tag.ContentDescription, VR.LO, words(finding, analysis));
    d.setString(Tag.PresentationCreationDate, VR.DA, header.date());
    d.setString(Tag.PresentationCreationTime, VR.TM, header.time());
    d.setNull(Tag.ContentCreatorName, VR.PN);
    DerivedImage.referencedSeries(d, header, Tag.ReferencedImageSequence);
    SourceDisplay.into(d, header);
    Attributes layer = new Attributes();
    layer.setString(Tag.GraphicLayer, VR.CS, LAYER);
    layer.setInt(Tag.GraphicLayerOrder, VR.IS, 1);
    layer.setInt(
        Tag.GraphicLayerRecommendedDisplayCIELabValue,
        VR.US,
        CIELAB_BRIGHT,
        CIELAB_MIDDLE,
        CIELAB_BRIGHT);
    layer.setString(Tag.GraphicLayerDescription, VR.LO, "Where the model looked");
    d.newSequence(Tag.GraphicLayerSequence, 1).add(layer);
    d.newSequence(Tag.GraphicAnnotationSequence, 1).add(annotation(header, finding, area));
    return ResultFile.of(ResultKind.GSPS, d);
  }

  private static String words(Finding finding, Analysis analysis) {
    String text =
        String.format(
            Locale.ROOT, "%s %.2f, %s", finding.words(), finding.probability(), analysis.digest());
    return text.substring(0, Math.min(64, text.length()));
  }

  private static Attributes annotation(ResultHeader header, Finding finding, Evidence.Area area) {
    Attributes annotation = new Attributes();
    annotation.setString(Tag.GraphicLayer, VR.CS, LAYER);
    annotation.newSequence(Tag.ReferencedImageSequence, 1).add(header.sourceReference());
    float[] corners = ImageReportWriter.closed(area.outline());
    float left = Float.MAX_VALUE;
    float top = Float.MAX_VALUE;
    for (int i = 0; i < corners.length; i++) {
      // Pixel 1\1 is the centre of the first one here (PS3.3 C.10.5.1.2); outlines start at its
      // corner.
      corners[i] += 0.5f;
      if (i % 2 == 0) {
        left = Math.min(left, corners[i]);
      } else {
        top = Math.min(top, corners[i]);
      }
    }
    Attributes graphic = new Attributes();
    graphic.setString(Tag.GraphicAnnotationUnits, VR.CS, "PIXEL");
    graphic.setInt(Tag.GraphicDimensions, VR.US, 2);
    graphic.setInt(Tag.NumberOfGraphicPoints, VR.US, corners.length / 2);
    graphic.setFloat(Tag.GraphicData, VR.FL, corners);
    graphic.setString(Tag.GraphicType, VR.CS, "POLYLINE");
    graphic.setString(Tag.GraphicFilled, VR.CS, "N");
    graphic.setString(Tag.TrackingID, VR.UT, finding.fact());
    graphic.setString(Tag.TrackingUID, VR.UI, header.trackingUid(finding.fact()));
    annotation.newSequence(Tag.GraphicObjectSequence, 1).add(graphic);
    Attributes text = new Attributes();
    text.setString(Tag.AnchorPointAnnotationUnits, VR.CS, "PIXEL");
    text.setString(
        Tag.UnformattedTextValue,
        VR.ST,
        String.format(
            Locale.ROOT, "%s %.2f - not for clinical use", finding.words(), finding.probability()));
    text.setFloat(Tag.AnchorPoint, VR.FL, left, top);
    text.setString(Tag.AnchorPointVisibility, VR.CS, "N");
    Sequence texts = annotation.newSequence(Tag.TextObjectSequence, 1);
    texts.add(text);
    return annotation;
  }
}
