package io.precordia.workspace.catalogue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;

/** Small valid DICOM objects for tests. */
public final class DicomSamples {
  public static final String CR = "1.2.840.10008.5.1.4.1.1.1";
  public static final String ENCAPSULATED_PDF = "1.2.840.10008.5.1.4.1.1.104.1";
  public static final String EXPLICIT_LITTLE = "1.2.840.10008.1.2.1";

  private DicomSamples() {}

  /** Data set of a 16-bit radiograph of 16 x 16 pixels. */
  public static Attributes radiograph(String patient, String study, String series, String object) {
    Attributes d = new Attributes();
    d.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    d.setString(Tag.SOPClassUID, VR.UI, CR);
    d.setString(Tag.SOPInstanceUID, VR.UI, object);
    d.setString(Tag.StudyInstanceUID, VR.UI, study);
    d.setString(Tag.SeriesInstanceUID, VR.UI, series);
    d.setString(Tag.PatientID, VR.LO, patient);
    d.setString(Tag.PatientName, VR.PN, "Müller^" + patient);
    d.setString(Tag.PatientSex, VR.CS, "F");
    d.setString(Tag.StudyDate, VR.DA, "20240517");
    d.setString(Tag.StudyTime, VR.TM, "093000");
    d.setString(Tag.AccessionNumber, VR.SH, "A" + study.substring(study.lastIndexOf('.') + 1));
    d.setString(Tag.StudyDescription, VR.LO, "Chest");
    d.setString(Tag.Modality, VR.CS, "CR");
    d.setString(Tag.ViewPosition, VR.CS, "PA");
    d.setInt(Tag.SeriesNumber, VR.IS, 1);
    d.setInt(Tag.InstanceNumber, VR.IS, 7);
    d.setInt(Tag.SamplesPerPixel, VR.US, 1);
    d.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    d.setInt(Tag.Rows, VR.US, 16);
    d.setInt(Tag.Columns, VR.US, 16);
    d.setInt(Tag.BitsAllocated, VR.US, 16);
    d.setInt(Tag.BitsStored, VR.US, 12);
    d.setInt(Tag.HighBit, VR.US, 11);
    d.setInt(Tag.PixelRepresentation, VR.US, 0);
    byte[] pixels = new byte[512];
    for (int i = 0; i < 256; i++) {
      pixels[2 * i] = (byte) (i * 8);
      pixels[2 * i + 1] = (byte) (i * 8 >> 8);
    }
    d.setBytes(Tag.PixelData, VR.OW, pixels);
    return d;
  }

  /** Data set of an object without an encoder here. */
  public static Attributes pdf(String patient, String study, String series, String object) {
    Attributes d = radiograph(patient, study, series, object);
    d.setString(Tag.SOPClassUID, VR.UI, ENCAPSULATED_PDF);
    d.setString(Tag.Modality, VR.CS, "DOC");
    d.remove(Tag.PixelData);
    d.setString(Tag.MIMETypeOfEncapsulatedDocument, VR.LO, "application/pdf");
    d.setBytes(Tag.EncapsulatedDocument, VR.OB, "%PDF-1.4 nothing here".getBytes());
    return d;
  }

  /** Files of several kinds and encodings to damage, each with UIDs of its own. */
  public static byte[] varied(long seed, int i) {
    String study = "1.2." + Math.floorMod(seed, 1_000_000_000L) + "." + i;
    Attributes d =
        i % 5 == 4
            ? pdf("F" + i, study, study + ".1", study + ".1.1")
            : radiograph("F" + i, study, study + ".1", study + ".1.1");
    Attributes item = new Attributes();
    item.setString(Tag.CodeValue, VR.SH, "1");
    item.setString(Tag.CodeMeaning, VR.LO, "one");
    item.newSequence(Tag.ReferencedSeriesSequence, 1).add(new Attributes(item));
    d.newSequence(Tag.ProcedureCodeSequence, 1).add(item);
    d.setBytes(0x00091001, VR.OB, new byte[] {1, 2});
    d.setString(0x00090010, VR.LO, "TEST");
    return file(
        d,
        switch (i % 4) {
          case 2 -> "1.2.840.10008.1.2";
          case 3 -> "1.2.840.10008.1.2.2";
          default -> EXPLICIT_LITTLE;
        });
  }

  /** A Part 10 file. */
  public static byte[] file(Attributes d) {
    return file(d, EXPLICIT_LITTLE);
  }

  /** A Part 10 file in a transfer syntax that needs no compression of pixels. */
  public static byte[] file(Attributes d, String syntax) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ImageOutputStream out = new ImageOutputStream(bytes, EXPLICIT_LITTLE)) {
        out.writeDataset(d.createFileMetaInformation(syntax), d);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
