package io.precordia.packaged;

import io.precordia.dicom.net.FileToSend;
import io.precordia.dicom.net.TestObjects;

/** Numbered objects, the same bytes for the same number; some of them can be embedded. */
final class DicomLoad {
  private static final int FIRST = 1000;
  private static final int BYTES = 20_000;

  private DicomLoad() {}

  static FileToSend object(int number) {
    return TestObjects.file(
        number % 4 == 0 ? TestObjects.CR : TestObjects.ECG, TestObjects.EXPLICIT, number, BYTES);
  }

  /** The number of a SOP Instance UID. */
  static int number(String uid) {
    return Integer.parseInt(uid.substring(uid.lastIndexOf('.') + 1)) - FIRST;
  }

  static String study(int number) {
    return "1.2.3.5." + (1 + number / 4);
  }

  /** Path below the DICOMweb root. */
  static String path(int number) {
    return "studies/"
        + study(number)
        + "/series/1.2.3.6."
        + (1 + number / 2)
        + "/instances/1.2.3.4."
        + (FIRST + number);
  }
}
