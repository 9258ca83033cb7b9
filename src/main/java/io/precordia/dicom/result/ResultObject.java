package io.precordia.dicom.result;

/**
 * A finished object.
 *
 * @param sopClass SOP Class UID
 * @param sopInstance SOP Instance UID
 * @param transferSyntax of the file's data set
 * @param file DICOM Part 10
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
public record ResultObject(
    ResultKind kind, String sopClass, String sopInstance, String transferSyntax, byte[] file) {}
