package io.precordia.dicom.write;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;

/**
 * What all objects share: patient, study, series and equipment modules, codes, and the Part 10 file
 * around them.
 */
final class DicomFile {
  private static final String EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");

  private DicomFile() {}

  /**
   * A dataset with the modules that do not depend on the kind of object (PS3.3 C.7.1.1, C.7.2.1,
   * C.7.3.1, C.7.5.1, C.12.1).
   */
  static Attributes start(ObjectIdentity id, String sopClass, String modality) {
    Attributes d = new Attributes();
    d.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    d.setString(Tag.SOPClassUID, VR.UI, sopClass);
    d.setString(Tag.SOPInstanceUID, VR.UI, id.objectUid());
    d.setString(Tag.PatientName, VR.PN, id.patientName());
    d.setString(Tag.PatientID, VR.LO, id.patientId());
    d.setString(Tag.IssuerOfPatientID, VR.LO, id.issuer());
    d.setString(
        Tag.PatientBirthDate, VR.DA, DateTimeFormatter.BASIC_ISO_DATE.format(id.birthDate()));
    d.setString(Tag.PatientSex, VR.CS, id.sex());
    d.setString(Tag.PatientAge, VR.AS, String.valueOf(1000 + id.ageYears()).substring(1) + "Y");
    d.setString(Tag.StudyInstanceUID, VR.UI, id.studyUid());
    d.setString(Tag.StudyDate, VR.DA, date(id));
    d.setString(Tag.StudyTime, VR.TM, time(id.time()));
    d.setString(Tag.StudyID, VR.SH, id.accession());
    d.setString(Tag.AccessionNumber, VR.SH, id.accession());
    d.setString(Tag.StudyDescription, VR.LO, id.description());
    d.setNull(Tag.ReferringPhysicianName, VR.PN);
    d.setString(Tag.Modality, VR.CS, modality);
    d.setString(Tag.SeriesInstanceUID, VR.UI, id.seriesUid());
    d.setInt(Tag.SeriesNumber, VR.IS, id.seriesNumber());
    d.setString(Tag.SeriesDate, VR.DA, date(id));
    d.setString(Tag.SeriesTime, VR.TM, time(id.time()));
    d.setString(Tag.Manufacturer, VR.LO, "Precordia");
    d.setString(Tag.ManufacturerModelName, VR.LO, "Precordia DICOM writer");
    d.setString(Tag.DeviceSerialNumber, VR.LO, "0");
    d.setString(Tag.SoftwareVersions, VR.LO, "1");
    d.setInt(Tag.InstanceNumber, VR.IS, 1);
    d.setString(Tag.ContentDate, VR.DA, date(id));
    d.setString(Tag.ContentTime, VR.TM, time(id.time()));
    return d;
  }

  static String date(ObjectIdentity id) {
    return DateTimeFormatter.BASIC_ISO_DATE.format(id.date());
  }

  static String time(LocalTime time) {
    return TIME.format(time);
  }

  /** A sequence of one coded item (PS3.3 8.8). */
  static void code(Attributes parent, int tag, String value, String scheme, String meaning) {
    parent.newSequence(tag, 1).add(codeItem(value, scheme, meaning));
  }

  static Attributes codeItem(String value, String scheme, String meaning) {
    Attributes item = new Attributes();
    item.setString(Tag.CodeValue, VR.SH, value);
    item.setString(Tag.CodingSchemeDesignator, VR.SH, scheme);
    item.setString(Tag.CodeMeaning, VR.LO, meaning);
    return item;
  }

  static Attributes item(Attributes parent, int tag) {
    Attributes item = new Attributes();
    Sequence sequence = parent.getSequence(tag);
    if (sequence == null) {
      sequence = parent.newSequence(tag, 1);
    }
    sequence.add(item);
    return item;
  }

  /** Writes a Part 10 file; the stream is left open. */
  static void write(Attributes dataset, OutputStream out) throws IOException {
    Attributes meta = dataset.createFileMetaInformation(EXPLICIT_LITTLE_ENDIAN);
    ImageOutputStream dicom = new ImageOutputStream(out, EXPLICIT_LITTLE_ENDIAN);
    dicom.writeDataset(meta, dataset);
    dicom.finish();
    dicom.flush();
  }
}
