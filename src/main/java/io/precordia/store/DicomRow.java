package io.precordia.store;

/**
 * One DICOM object of the catalogue.
 *
 * @param instance id of the kept instance
 * @param sequence order of coming into the catalogue; grows, may have gaps
 * @param stored order of storing: of objects with one SOP Instance UID the lowest was kept first
 * @param status FLAGGED or STORED
 * @param bytes size of its file
 * @param header the data set without bulk data, in the encoding of {@code dicom.DicomHeader};
 *     patient data
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
public record DicomRow(
    String instance,
    long sequence,
    long stored,
    String subject,
    InstanceStatus status,
    String sopClass,
    String transferSyntax,
    long bytes,
    byte[] header) {}
