package io.precordia.dicom.deid;

/**
 * A de-identified object.
 *
 * @param file DICOM Part 10 file
 * @param sopInstanceUid its SOP Instance UID
 * @param blanked rectangles of burned-in text that were overwritten, all frames together once
 */
public record Deidentified(byte[] file, String sopInstanceUid, int blanked) {}
