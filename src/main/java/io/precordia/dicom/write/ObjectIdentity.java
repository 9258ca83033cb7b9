package io.precordia.dicom.write;

import java.time.LocalDate;
import java.time.LocalTime;

/**
 * Whose object it is and where it belongs: the Patient, General Study and General Series attributes
 * of PS3.3.
 *
 * @param patientName PN value, family^given
 * @param patientId (0010,0020)
 * @param issuer (0010,0021)
 * @param sex "M", "F" or "O"
 * @param ageYears 0 to 999
 * @param birthDate (0010,0030)
 * @param date of study, series and content
 * @param time of study, series and content
 * @param studyUid (0020,000D)
 * @param seriesUid (0020,000E)
 * @param objectUid (0008,0018)
 * @param seriesNumber (0020,0011)
 * @param accession (0008,0050), at most 16 characters
 * @param description (0008,1030)
 */
public record ObjectIdentity(
    String patientName,
    String patientId,
    String issuer,
    String sex,
    int ageYears,
    LocalDate birthDate,
    LocalDate date,
    LocalTime time,
    String studyUid,
    String seriesUid,
    String objectUid,
    int seriesNumber,
    String accession,
    String description) {}
