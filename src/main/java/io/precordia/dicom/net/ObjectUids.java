package io.precordia.dicom.net;

/**
 * What an object is.
 *
 * @param sopClass SOP Class UID
 * @param sopInstance SOP Instance UID
 */
public record ObjectUids(String sopClass, String sopInstance) {}
