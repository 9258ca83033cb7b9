package io.precordia.study;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who and what a file says it is about, as far as it says so. All of it is patient data: it is
 * never logged.
 *
 * @param subject patient identifier in its issuer's domain (DICOM (0010,0020) with (0010,0021), HL7
 *     PID-3, manifest column)
 * @param study study identifier (Study Instance UID, accession number, manifest column)
 * @param object object identifier (SOP Instance UID) where there is one
 * @param date date of acquisition or of the report
 * @param sex "M", "F", "O" or null
 * @param ageYears age at acquisition, 0 to 130
 * @param site institution or source, as the file names it
 * @param tags further words to filter by, for example a view ("PA") or a SOP class keyword
 * @param source the AE title that sent it over a DICOM association, null if it came another way
 */
public record Identity(
    @Nullable String subject,
    @Nullable String study,
    @Nullable String object,
    @Nullable LocalDate date,
    @Nullable String sex,
    @Nullable Integer ageYears,
    @Nullable String site,
    List<String> tags,
    @Nullable String source) {
  public static final Identity UNKNOWN =
      new Identity(null, null, null, null, null, null, null, List.of());

  public Identity {
    tags = List.copyOf(tags);
  }

  /** Of something that came over no DICOM association. */
  public Identity(
      @Nullable String subject,
      @Nullable String study,
      @Nullable String object,
      @Nullable LocalDate date,
      @Nullable String sex,
      @Nullable Integer ageYears,
      @Nullable String site,
      List<String> tags) {
    this(subject, study, object, date, sex, ageYears, site, tags, null);
  }

  /** Nothing known but the AE title that sent it. */
  public static Identity from(String callingAe) {
    return new Identity(null, null, null, null, null, null, null, List.of(), callingAe);
  }
}
