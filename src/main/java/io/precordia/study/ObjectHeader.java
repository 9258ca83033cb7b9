package io.precordia.study;

import org.jspecify.annotations.Nullable;

/**
 * What identifies a DICOM object among others, with its header. All of it but the two last UIDs is
 * patient data: it is never logged.
 *
 * @param patient Patient ID, with {@code ^^^} and its issuer where one is named; null if absent
 * @param study Study Instance UID, empty if absent
 * @param series Series Instance UID, empty if absent
 * @param sopInstance SOP Instance UID, empty if absent
 * @param accession Accession Number, null if absent
 * @param sopClass SOP Class UID, at most 64 characters
 * @param transferSyntax UID of the encoding it came in, at most 64 characters
 * @param header the data set without bulk data, in the encoding of {@code dicom.DicomHeader}
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
public record ObjectHeader(
    @Nullable String patient,
    String study,
    String series,
    String sopInstance,
    @Nullable String accession,
    String sopClass,
    String transferSyntax,
    byte[] header) {}
