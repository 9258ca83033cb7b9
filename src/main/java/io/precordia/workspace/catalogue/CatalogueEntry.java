package io.precordia.workspace.catalogue;

import io.precordia.dicom.DicomHeader;
import io.precordia.store.DicomRow;
import io.precordia.store.InstanceStatus;

/**
 * A kept DICOM object.
 *
 * @param instance id of the kept instance; its flags and its bytes are found by it
 * @param subject that it came under
 * @param conflicting whether another object with the same SOP Instance UID and other content was
 *     kept before it
 * @param bytes size of the file as it came
 */
public record CatalogueEntry(
    String instance,
    String subject,
    InstanceStatus status,
    boolean conflicting,
    String transferSyntax,
    long bytes,
    DicomHeader header) {
  static CatalogueEntry of(DicomRow row, boolean conflicting) {
    return new CatalogueEntry(
        row.instance(),
        row.subject(),
        row.status(),
        conflicting,
        row.transferSyntax(),
        row.bytes(),
        DicomHeader.decode(row.header()));
  }
}
