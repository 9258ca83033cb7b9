package io.precordia.workspace.catalogue;

import io.precordia.dicom.DicomHeader;

/** The attributes that are kept in memory of each level, so that usual queries read no header. */
final class Columns {
  static final int PATIENT_ID = 0x00100020;
  static final int ISSUER = 0x00100021;
  static final int NAME = 0x00100010;
  static final int BIRTH_DATE = 0x00100030;
  static final int SEX = 0x00100040;
  static final int MODALITY = 0x00080060;
  static final int MODALITIES_IN_STUDY = 0x00080061;
  static final int SOP_CLASSES_IN_STUDY = 0x00080062;
  static final int SOP_CLASS = 0x00080016;
  static final int STUDY_UID = 0x0020000d;
  static final int SERIES_UID = 0x0020000e;
  static final int SOP_INSTANCE_UID = 0x00080018;
  static final int ACCESSION = 0x00080050;

  /** Patient ID, issuer, name, birth date, sex: the attributes of the PATIENT level. */
  static final Columns PATIENT = new Columns(PATIENT_ID, ISSUER, NAME, BIRTH_DATE, SEX);

  /** The patient's, and date, time, accession number, id, description, referring physician. */
  static final Columns STUDY =
      new Columns(
          PATIENT_ID,
          ISSUER,
          NAME,
          BIRTH_DATE,
          SEX,
          STUDY_UID,
          0x00080020,
          0x00080030,
          ACCESSION,
          0x00200010,
          0x00081030,
          0x00080090);

  /** Modality, number, date, time, description, body part, protocol, procedure step start. */
  static final Columns SERIES =
      new Columns(
          SERIES_UID,
          MODALITY,
          0x00200011,
          0x00080021,
          0x00080031,
          0x0008103e,
          0x00180015,
          0x00181030,
          0x00400244,
          0x00400245);

  /** SOP class, number, content date and time. */
  static final Columns IMAGE =
      new Columns(SOP_INSTANCE_UID, SOP_CLASS, 0x00200013, 0x00080023, 0x00080033);

  private final int[] tags;

  private Columns(int... tags) {
    this.tags = tags;
  }

  /** Place of a tag, or -1. */
  int indexOf(int tag) {
    for (int i = 0; i < tags.length; i++) {
      if (tags[i] == tag) {
        return i;
      }
    }
    return -1;
  }

  /** Values of a header, several of one attribute joined by backslashes. */
  String[] read(DicomHeader header, SharedValues shared) {
    String[] values = new String[tags.length];
    for (int i = 0; i < tags.length; i++) {
      String value = tags[i] == SOP_CLASS ? header.sopClass() : header.joined(tags[i]);
      values[i] = identifies(tags[i]) ? value : shared.of(value);
    }
    return values;
  }

  private static boolean identifies(int tag) {
    return switch (tag) {
      case PATIENT_ID, NAME, BIRTH_DATE, STUDY_UID, SERIES_UID, SOP_INSTANCE_UID, ACCESSION -> true;
      default -> false;
    };
  }
}
