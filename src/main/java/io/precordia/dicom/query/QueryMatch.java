package io.precordia.dicom.query;

import io.precordia.dicom.DicomHeader;

/**
 * One match.
 *
 * @param instance id of the kept instance that stands for it
 * @param header of that instance
 */
public record QueryMatch(QueryLevel level, String instance, DicomHeader header, Related related) {}
