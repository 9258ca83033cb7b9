package io.precordia.dicom.result;

import io.precordia.imaging.Picture;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * A Secondary Capture Image (PS3.3 A.8.1) in RGB: the film in grey with the heat map over it.
 * Stateless and thread-safe.
 */
public final class HeatMapCaptureWriter {
  private static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";

  /**
   * The capture.
   *
   * @param finding what the map is of
   * @param number among the results of the source, from 1 to 9
   * @param picture in colour
   */
  public ResultObject write(
      ResultSource source, Analysis analysis, Finding finding, int number, Picture picture) {
    ResultHeader header = new ResultHeader(source, analysis, ResultKind.SC, finding.fact());
    Attributes d =
        header.start(SECONDARY_CAPTURE, "OT", "Precordia heat maps - NOT FOR CLINICAL USE", number);
    d.setString(Tag.ConversionType, VR.CS, "WSD");
    d.setString(Tag.ImageType, VR.CS, "DERIVED", "SECONDARY");
    String orientation = source.text(Tag.PatientOrientation);
    String[] directions = source.data().getStrings(Tag.PatientOrientation);
    if (!orientation.isEmpty() && directions != null && directions.length == 2) {
      d.setString(Tag.PatientOrientation, VR.CS, directions);
    } else {
      d.setNull(Tag.PatientOrientation, VR.CS);
    }
    d.setString(Tag.BodyPartExamined, VR.CS, "CHEST");
    d.setString(Tag.DerivationDescription, VR.ST, DerivedImage.description(analysis, finding));
    d.newSequence(Tag.SourceImageSequence, 1).add(DerivedImage.source(header));
    d.setString(Tag.ImageComments, VR.LT, ResultHeader.NOT_FOR_CLINICAL_USE);
    if (SourceValues.usable(source.data(), Tag.BurnedInAnnotation)
        && !source.text(Tag.BurnedInAnnotation).isEmpty()) {
      d.setString(Tag.BurnedInAnnotation, VR.CS, source.text(Tag.BurnedInAnnotation));
    }
    d.setInt(Tag.SamplesPerPixel, VR.US, 3);
    d.setString(Tag.PhotometricInterpretation, VR.CS, "RGB");
    d.setInt(Tag.PlanarConfiguration, VR.US, 0);
    d.setInt(Tag.Rows, VR.US, picture.height());
    d.setInt(Tag.Columns, VR.US, picture.width());
    d.setInt(Tag.BitsAllocated, VR.US, 8);
    d.setInt(Tag.BitsStored, VR.US, 8);
    d.setInt(Tag.HighBit, VR.US, 7);
    d.setInt(Tag.PixelRepresentation, VR.US, 0);
    d.setBytes(Tag.PixelData, VR.OB, picture.samples());
    return ResultFile.of(ResultKind.SC, d);
  }
}
