package io.precordia.dicom.write;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * Writes Computed Radiography (PS3.3 A.2) and Digital X-Ray for presentation (PS3.3 A.26) objects,
 * uncompressed. Stateless and thread-safe.
 */
public final class RadiographWriter {
  private static final String CR_STORAGE = "1.2.840.10008.5.1.4.1.1.1";
  private static final String DX_STORAGE = "1.2.840.10008.5.1.4.1.1.1.1";

  /** One Part 10 file; the stream is flushed and left open. */
  public void write(OutputStream out, ObjectIdentity id, Radiograph image) throws IOException {
    boolean digital = image.kind() == Radiograph.Kind.DIGITAL;
    Attributes d = DicomFile.start(id, digital ? DX_STORAGE : CR_STORAGE, digital ? "DX" : "CR");
    d.setString(Tag.SeriesDescription, VR.LO, "Chest " + image.viewPosition());
    d.setString(Tag.BodyPartExamined, VR.CS, "CHEST");
    d.setString(Tag.ViewPosition, VR.CS, image.viewPosition());
    // Rows run to the patient's left, columns to the feet: the patient's right is on the image's
    // left.
    d.setString(Tag.PatientOrientation, VR.CS, "L", "F");
    d.setString(Tag.AcquisitionDate, VR.DA, DicomFile.date(id));
    d.setString(Tag.AcquisitionTime, VR.TM, DicomFile.time(id.time()));
    d.setInt(Tag.AcquisitionNumber, VR.IS, 1);
    pixels(d, image);
    if (digital) {
      digital(d, image);
    } else {
      d.setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY");
      d.setString(Tag.ImagerPixelSpacing, VR.DS, spacing(image), spacing(image));
    }
    DicomFile.write(d, out);
  }

  private static void pixels(Attributes d, Radiograph image) {
    d.setInt(Tag.SamplesPerPixel, VR.US, 1);
    d.setString(
        Tag.PhotometricInterpretation, VR.CS, image.monochrome1() ? "MONOCHROME1" : "MONOCHROME2");
    d.setInt(Tag.Rows, VR.US, image.rows());
    d.setInt(Tag.Columns, VR.US, image.columns());
    d.setInt(Tag.BitsAllocated, VR.US, 16);
    d.setInt(Tag.BitsStored, VR.US, image.bitsStored());
    d.setInt(Tag.HighBit, VR.US, image.bitsStored() - 1);
    d.setInt(Tag.PixelRepresentation, VR.US, 0);
    int windows = image.windowCenter().length;
    String[] center = new String[windows];
    String[] width = new String[windows];
    for (int i = 0; i < windows; i++) {
      center[i] = decimal(image.windowCenter()[i]);
      width[i] = decimal(image.windowWidth()[i]);
    }
    d.setString(Tag.WindowCenter, VR.DS, center);
    d.setString(Tag.WindowWidth, VR.DS, width);
    d.setString(Tag.WindowCenterWidthExplanation, VR.LO, image.windowName());
    d.setString(Tag.BurnedInAnnotation, VR.CS, "NO");
    d.setString(Tag.LossyImageCompression, VR.CS, "00");
    byte[] bytes = new byte[image.stored().length * 2];
    for (int i = 0; i < image.stored().length; i++) {
      bytes[2 * i] = (byte) image.stored()[i];
      bytes[2 * i + 1] = (byte) (image.stored()[i] >>> 8);
    }
    d.setBytes(Tag.PixelData, VR.OW, bytes);
  }

  /**
   * The DX Series, DX Image, DX Anatomy Imaged, DX Detector and DX Positioning modules (PS3.3
   * C.8.11).
   */
  private static void digital(Attributes d, Radiograph image) {
    d.setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY", "");
    d.setString(Tag.PresentationIntentType, VR.CS, "FOR PRESENTATION");
    d.setString(Tag.PixelIntensityRelationship, VR.CS, "LOG");
    // The sign is that of the X-ray intensity: in MONOCHROME2 a larger value means that less of it
    // reached the detector.
    d.setInt(Tag.PixelIntensityRelationshipSign, VR.SS, image.monochrome1() ? 1 : -1);
    d.setString(Tag.RescaleIntercept, VR.DS, "0");
    d.setString(Tag.RescaleSlope, VR.DS, "1");
    d.setString(Tag.RescaleType, VR.LO, "US");
    d.setString(Tag.PresentationLUTShape, VR.CS, image.monochrome1() ? "INVERSE" : "IDENTITY");
    d.setString(Tag.ImageLaterality, VR.CS, "U");
    DicomFile.code(d, Tag.AnatomicRegionSequence, "43799004", "SCT", "Thoracic cavity");
    d.setString(Tag.DetectorType, VR.CS, "DIRECT");
    d.setString(Tag.ImagerPixelSpacing, VR.DS, spacing(image), spacing(image));
    boolean pa = image.viewPosition().equals("PA");
    Attributes view =
        DicomFile.codeItem(
            pa ? "399348003" : "399067008", "SCT", pa ? "postero-anterior" : "antero-posterior");
    d.newSequence(Tag.ViewCodeSequence, 1).add(view);
    view.newSequence(Tag.ViewModifierCodeSequence, 0);
    d.newSequence(Tag.AcquisitionContextSequence, 0);
  }

  private static String spacing(Radiograph image) {
    return String.format(Locale.ROOT, "%.5f", image.pixelSpacingMm());
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
