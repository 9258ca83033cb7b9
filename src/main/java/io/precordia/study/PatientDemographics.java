package io.precordia.study;

/**
 * Who a patient is, in the encoding of DICOM (PS3.3 C.7.1.1). Patient data: it is never logged.
 * Absent parts are empty.
 *
 * @param name Patient's Name (PN)
 * @param birthDate Patient's Birth Date (DA)
 * @param sex Patient's Sex: M, F or O
 */
public record PatientDemographics(PatientId id, String name, String birthDate, String sex) {}
