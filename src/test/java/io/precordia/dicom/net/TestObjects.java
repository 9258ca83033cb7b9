package io.precordia.dicom.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;

/** Small objects of any kind, made up from a seed. */
public final class TestObjects {
  public static final String CR = "1.2.840.10008.5.1.4.1.1.1";
  public static final String ECG = "1.2.840.10008.5.1.4.1.1.9.1.1";
  public static final String EXPLICIT = "1.2.840.10008.1.2.1";
  public static final String IMPLICIT = "1.2.840.10008.1.2";
  public static final String BIG = "1.2.840.10008.1.2.2";
  public static final String DEFLATED = "1.2.840.10008.1.2.1.99";

  private TestObjects() {}

  /** A file of this class and syntax with about this many bytes of pixels or waveform. */
  public static FileToSend file(String sopClass, String syntax, int seed, int bytes) {
    Attributes d = dataset(sopClass, seed, bytes);
    return of(d, syntax);
  }

  /** The file of a data set. */
  public static FileToSend of(Attributes d, String syntax) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ObjectUids uids = new ObjectUids(d.getString(Tag.SOPClassUID), d.getString(Tag.SOPInstanceUID));
    out.writeBytes(FileMeta.of(uids, syntax));
    try {
      ImageOutputStream dicom = new ImageOutputStream(out, syntax);
      dicom.writeDataset(null, d);
      dicom.finish();
      dicom.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FileToSend(uids, syntax, out.toByteArray());
  }

  public static Attributes dataset(String sopClass, int seed, int bytes) {
    Random random = new Random(seed);
    Attributes d = new Attributes();
    d.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    d.setString(Tag.SOPClassUID, VR.UI, sopClass);
    d.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3.4." + (1000 + seed));
    d.setString(Tag.StudyInstanceUID, VR.UI, "1.2.3.5." + (1 + seed / 4));
    d.setString(Tag.SeriesInstanceUID, VR.UI, "1.2.3.6." + (1 + seed / 2));
    d.setString(Tag.PatientID, VR.LO, "PAT" + seed / 4);
    d.setString(Tag.PatientName, VR.PN, "Zzyzx^Quillon" + seed / 4);
    d.setString(Tag.StudyDate, VR.DA, "20240102");
    d.setString(Tag.Modality, VR.CS, sopClass.equals(ECG) ? "ECG" : "CR");
    Attributes item = new Attributes();
    item.setString(Tag.CodeValue, VR.SH, "43799004");
    item.setString(Tag.CodingSchemeDesignator, VR.SH, "SCT");
    item.setString(Tag.CodeMeaning, VR.LO, "Thorax");
    d.newSequence(Tag.AnatomicRegionSequence, 1).add(item);
    byte[] values = new byte[bytes & ~1];
    random.nextBytes(values);
    int side = Math.max(1, (int) Math.sqrt(values.length / 2.0));
    if (sopClass.equals(ECG)) {
      Attributes group = new Attributes();
      group.setBytes(Tag.WaveformData, VR.OW, values);
      d.newSequence(Tag.WaveformSequence, 1).add(group);
    } else {
      d.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
      d.setInt(Tag.SamplesPerPixel, VR.US, 1);
      d.setInt(Tag.Rows, VR.US, side);
      d.setInt(Tag.Columns, VR.US, side);
      d.setInt(Tag.BitsAllocated, VR.US, 16);
      d.setInt(Tag.BitsStored, VR.US, 12);
      d.setInt(Tag.HighBit, VR.US, 11);
      d.setInt(Tag.PixelRepresentation, VR.US, 0);
      d.setBytes(Tag.PixelData, VR.OW, java.util.Arrays.copyOf(values, 2 * side * side));
    }
    return d;
  }
}
