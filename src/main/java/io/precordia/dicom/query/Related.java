package io.precordia.dicom.query;

import java.util.List;

/**
 * What the catalogue knows of a match beyond its header (PS3.4 C.3.4).
 *
 * @param studies of the patient
 * @param series of the patient, or of the study
 * @param instances of the patient, the study or the series
 * @param modalities Modalities in Study, or of the patient's
 * @param sopClasses SOP Classes in Study
 */
public record Related(
    int studies, int series, int instances, List<String> modalities, List<String> sopClasses) {
  public Related {
    modalities = List.copyOf(modalities);
    sopClasses = List.copyOf(sopClasses);
  }
}
