package io.precordia.workspace.catalogue;

import io.precordia.dicom.query.DicomQuery;
import io.precordia.dicom.query.QueryKey;
import io.precordia.store.CatalogueKeys;
import io.precordia.store.MergedGroup;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The few subjects whose studies can match a query with an exact UID, accession number or Patient
 * ID, by the indexes of the records, so that the others need not be looked at. Thread-safe.
 */
final class CandidateSubjects {
  /** Wild cards, lists; a list of UIDs may also have commas. */
  private static final Pattern NOT_EXACT = Pattern.compile("[*?\\\\,]");

  private final CatalogueKeys keys;
  private final MergedPatients patients;
  private final BooleanSupplier patientIdsKnown;

  /**
   * @param patientIdsKnown whether every object can be found by its Patient ID
   */
  CandidateSubjects(CatalogueKeys keys, MergedPatients patients, BooleanSupplier patientIdsKnown) {
    this.keys = keys;
    this.patients = patients;
    this.patientIdsKnown = patientIdsKnown;
  }

  /**
   * @param asked the surviving subject that the query's patient identifier stands for; null if it
   *     stands for none
   * @return null if every subject can match
   */
  @Nullable Set<String> of(DicomQuery query, @Nullable String asked) {
    for (QueryKey key : query.keys()) {
      Function<String, List<String>> by =
          switch (key.tag()) {
            case Columns.STUDY_UID -> keys::withStudy;
            case Columns.SERIES_UID -> keys::withSeries;
            case Columns.SOP_INSTANCE_UID -> keys::withSopInstance;
            case Columns.ACCESSION -> keys::withAccession;
            case Columns.PATIENT_ID -> patientIdsKnown.getAsBoolean() ? keys::withPatientId : null;
            default -> null;
          };
      if (by != null && !key.value().isBlank() && !NOT_EXACT.matcher(key.value()).find()) {
        Set<String> found = new LinkedHashSet<>(by.apply(key.value().strip()));
        if (key.tag() == Columns.PATIENT_ID) {
          // Merged patients answer to identifiers that their objects do not name; they are few.
          found.addAll(patients.merged());
          if (asked != null) {
            found.add(asked);
          }
        }
        return whole(found);
      }
    }
    return null;
  }

  // Who was merged is one patient.
  private Set<String> whole(Set<String> subjects) {
    Set<String> out = new LinkedHashSet<>();
    for (String subject : subjects) {
      MergedGroup group = patients.group(subject);
      out.add(subject);
      if (group != null) {
        out.addAll(group.members());
      }
    }
    return out;
  }
}
