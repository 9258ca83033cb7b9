package io.precordia.dicom.deid;

import io.precordia.dicom.DicomObject;
import io.precordia.report.KnownIdentifiers;

/** What a DICOM object says of who its patient is and who was around. */
public final class ObjectIdentifiers {
  private ObjectIdentifiers() {}

  /**
   * @throws io.precordia.error.PrecordiaException MALFORMED, TRUNCATED or DECOMPRESSION_LIMIT
   */
  public static KnownIdentifiers of(byte[] file) {
    return IdentifierScan.of(DicomObject.parse(file).data(), DeidentificationProfile.of());
  }
}
