package io.precordia.dicom.result;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * A Parametric Map (PS3.3 A.75) of one frame with float pixels: the relevance from 0 to 1 over the
 * image. A film has no patient coordinates, so the map lies in a frame of reference of its own
 * whose axes are the film's rows and columns, with the film's size where the source states one.
 * Stateless and thread-safe.
 */
public final class RelevanceMapWriter {
  private static final String PARAMETRIC_MAP = "1.2.840.10008.5.1.4.1.1.30";
  private static final Code RELEVANCE = Code.own("relevance", "Relevance to the model's score");

  /**
   * The map.
   *
   * @param finding what the map is of
   * @param number among the results of the source, from 1 to 9
   */
  public ResultObject write(
      ResultSource source, Analysis analysis, Finding finding, int number, HeatMap map) {
    ResultHeader header = new ResultHeader(source, analysis, ResultKind.PM, finding.fact());
    Attributes d =
        header.start(
            PARAMETRIC_MAP, "OT", "Precordia relevance maps - NOT FOR CLINICAL USE", number);
    DerivedImage.referencedSeries(d, header, Tag.ReferencedInstanceSequence);
    d.setString(Tag.FrameOfReferenceUID, VR.UI, header.uid("frame-of-reference"));
    d.setNull(Tag.PositionReferenceIndicator, VR.LO);
    d.setString(Tag.ImageType, VR.CS, "DERIVED", "PRIMARY", "CHEST", "NONE");
    d.setString(Tag.ContentLabel, VR.CS, "RELEVANCE");
    d.setString(Tag.ContentDescription, VR.LO, shortened(finding.words()));
    d.setNull(Tag.ContentCreatorName, VR.PN);
    d.setString(Tag.PresentationLUTShape, VR.CS, "IDENTITY");
    d.setString(Tag.BurnedInAnnotation, VR.CS, "NO");
    d.setString(Tag.RecognizableVisualFeatures, VR.CS, "NO");
    d.setString(Tag.LossyImageCompression, VR.CS, "00");
    d.setString(Tag.ContentQualification, VR.CS, "RESEARCH");
    d.setString(Tag.ImageComments, VR.LT, ResultHeader.NOT_FOR_CLINICAL_USE);
    d.newSequence(Tag.AcquisitionContextSequence, 0);
    dimensions(d, header);
    shared(d, header, finding, map);
    frame(d, header);
    d.setInt(Tag.NumberOfFrames, VR.IS, 1);
    d.setInt(Tag.SamplesPerPixel, VR.US, 1);
    d.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    d.setInt(Tag.Rows, VR.US, map.rows());
    d.setInt(Tag.Columns, VR.US, map.columns());
    d.setInt(Tag.BitsAllocated, VR.US, 32);
    ByteBuffer floats = ByteBuffer.allocate(4 * map.values().length).order(ByteOrder.LITTLE_ENDIAN);
    floats.asFloatBuffer().put(map.values());
    d.setBytes(Tag.FloatPixelData, VR.OF, floats.array());
    return ResultFile.of(ResultKind.PM, d);
  }

  private static String shortened(String words) {
    return words.substring(0, Math.min(64, words.length()));
  }

  private static void dimensions(Attributes d, ResultHeader header) {
    String organization = header.uid("dimensions");
    Attributes item = new Attributes();
    item.setString(Tag.DimensionOrganizationUID, VR.UI, organization);
    d.newSequence(Tag.DimensionOrganizationSequence, 1).add(item);
    Attributes index = new Attributes();
    index.setString(Tag.DimensionOrganizationUID, VR.UI, organization);
    index.setInt(Tag.DimensionIndexPointer, VR.AT, Tag.InStackPositionNumber);
    index.setInt(Tag.FunctionalGroupPointer, VR.AT, Tag.FrameContentSequence);
    index.setString(Tag.DimensionDescriptionLabel, VR.LO, "Frame");
    d.newSequence(Tag.DimensionIndexSequence, 1).add(index);
  }

  private static void shared(Attributes d, ResultHeader header, Finding finding, HeatMap map) {
    Attributes shared = new Attributes();
    Attributes measures = new Attributes();
    ResultSource source = header.source();
    double[] spacing = spacing(source);
    measures.setString(
        Tag.PixelSpacing,
        VR.DS,
        decimal(spacing[0] * Math.max(1, source.rows()) / map.rows()),
        decimal(spacing[1] * Math.max(1, source.columns()) / map.columns()));
    measures.setString(Tag.SliceThickness, VR.DS, "1");
    shared.newSequence(Tag.PixelMeasuresSequence, 1).add(measures);
    Attributes orientation = new Attributes();
    orientation.setString(Tag.ImageOrientationPatient, VR.DS, "1", "0", "0", "0", "1", "0");
    shared.newSequence(Tag.PlaneOrientationSequence, 1).add(orientation);
    Attributes type = new Attributes();
    type.setString(Tag.FrameType, VR.CS, "DERIVED", "PRIMARY", "CHEST", "NONE");
    shared.newSequence(Tag.ParametricMapFrameTypeSequence, 1).add(type);
    shared.newSequence(Tag.RealWorldValueMappingSequence, 1).add(mapping());
    Attributes voi = new Attributes();
    voi.setString(Tag.WindowCenter, VR.DS, "0.5");
    voi.setString(Tag.WindowWidth, VR.DS, "1");
    voi.setString(Tag.VOILUTFunction, VR.CS, "LINEAR_EXACT");
    shared.newSequence(Tag.FrameVOILUTSequence, 1).add(voi);
    Attributes anatomy = new Attributes();
    Code.sct("51185008", "Chest").into(anatomy, Tag.AnatomicRegionSequence);
    anatomy.setString(Tag.FrameLaterality, VR.CS, "B");
    shared.newSequence(Tag.FrameAnatomySequence, 1).add(anatomy);
    Attributes identity = new Attributes();
    identity.setString(Tag.RescaleIntercept, VR.DS, "0");
    identity.setString(Tag.RescaleSlope, VR.DS, "1");
    identity.setString(Tag.RescaleType, VR.LO, "US");
    shared.newSequence(Tag.PixelValueTransformationSequence, 1).add(identity);
    DerivedImage.macro(shared, header, finding);
    d.newSequence(Tag.SharedFunctionalGroupsSequence, 1).add(shared);
  }

  private static Attributes mapping() {
    Attributes mapping = new Attributes();
    mapping.setString(Tag.LUTExplanation, VR.LO, "Relevance, the largest of the image is 1");
    mapping.setString(Tag.LUTLabel, VR.SH, "RELEVANCE");
    mapping.setDouble(Tag.DoubleFloatRealWorldValueFirstValueMapped, VR.FD, 0);
    mapping.setDouble(Tag.DoubleFloatRealWorldValueLastValueMapped, VR.FD, 1);
    mapping.setDouble(Tag.RealWorldValueIntercept, VR.FD, 0);
    mapping.setDouble(Tag.RealWorldValueSlope, VR.FD, 1);
    new Code("1", "UCUM", "no units").into(mapping, Tag.MeasurementUnitsCodeSequence);
    Attributes quantity = new Attributes();
    quantity.setString(Tag.ValueType, VR.CS, "CODE");
    Code.sct("246205007", "Quantity").into(quantity, Tag.ConceptNameCodeSequence);
    RELEVANCE.into(quantity, Tag.ConceptCodeSequence);
    mapping.newSequence(Tag.QuantityDefinitionSequence, 1).add(quantity);
    return mapping;
  }

  private static void frame(Attributes d, ResultHeader header) {
    Attributes frame = new Attributes();
    Attributes content = new Attributes();
    content.setString(Tag.StackID, VR.SH, "1");
    content.setInt(Tag.InStackPositionNumber, VR.UL, 1);
    content.setInt(Tag.DimensionIndexValues, VR.UL, 1);
    content.setString(Tag.FrameAcquisitionDateTime, VR.DT, header.dateTime());
    content.setString(Tag.FrameReferenceDateTime, VR.DT, header.dateTime());
    content.setDouble(Tag.FrameAcquisitionDuration, VR.FD, 0);
    frame.newSequence(Tag.FrameContentSequence, 1).add(content);
    Attributes position = new Attributes();
    position.setString(Tag.ImagePositionPatient, VR.DS, "0", "0", "0");
    frame.newSequence(Tag.PlanePositionSequence, 1).add(position);
    d.newSequence(Tag.PerFrameFunctionalGroupsSequence, 1).add(frame);
  }

  /** Row and column distance in mm at the detector; 1 where the source does not say. */
  private static double[] spacing(ResultSource source) {
    for (int tag : new int[] {Tag.PixelSpacing, Tag.ImagerPixelSpacing}) {
      double[] values =
          SourceValues.usable(source.data(), tag) ? source.data().getDoubles(tag) : null;
      if (values != null && values.length == 2 && values[0] > 0 && values[1] > 0) {
        return values;
      }
    }
    return new double[] {1, 1};
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }
}
