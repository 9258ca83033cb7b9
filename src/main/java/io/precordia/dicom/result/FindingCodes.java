package io.precordia.dicom.result;

import java.util.Locale;
import java.util.Map;

/**
 * The codes of the facts that weights are calibrated for: SNOMED CT where a code says the same
 * thing (those of DICOM CID 3230 ECG Finding first), else {@link Code#OWN_SCHEME}.
 */
final class FindingCodes {
  private static final Map<String, Code> STANDARD =
      Map.ofEntries(
          Map.entry("normal-chest", Code.sct("168733007", "Standard chest X-ray normal")),
          Map.entry("pneumonia", Code.sct("233604007", "Pneumonia")),
          Map.entry("bacterial-pneumonia", Code.sct("53084003", "Bacterial pneumonia")),
          Map.entry("viral-pneumonia", Code.sct("75570004", "Viral pneumonia")),
          Map.entry("infiltration", Code.sct("409609008", "Radiologic infiltrate of lung")),
          Map.entry("atelectasis", Code.sct("46621007", "Atelectasis")),
          Map.entry("pleural-effusion", Code.sct("60046008", "Pleural effusion")),
          Map.entry("normal-ecg", Code.sct("164854000", "Electrocardiogram normal")),
          Map.entry("myocardial-infarction", Code.sct("22298006", "Myocardial infarction")),
          Map.entry("conduction-disturbance", Code.sct("44808001", "Conduction disorder of heart")),
          Map.entry("hypertrophy", Code.sct("266249003", "Ventricular hypertrophy")),
          Map.entry("sinus-rhythm", Code.sct("64730000", "Normal sinus rhythm")),
          Map.entry("atrial-fibrillation", Code.sct("49436004", "Atrial fibrillation")),
          Map.entry("right-bundle-branch-block", Code.sct("59118001", "Right bundle branch block")),
          Map.entry(
              "incomplete-right-bundle-branch-block",
              Code.sct("251124007", "Incomplete right bundle branch block")),
          Map.entry("fascicular-block", Code.sct("37760005", "Left anterior fascicular block")),
          Map.entry(
              "left-ventricular-hypertrophy",
              Code.sct("164873001", "Left ventricular hypertrophy on electrocardiogram")),
          Map.entry("t-wave-change", Code.sct("164934002", "T wave abnormal")),
          Map.entry("abnormal-qrs", Code.sct("164951009", "QRS complex abnormal")));

  private FindingCodes() {}

  /** The code of a fact; an unknown one gets a private code of its own id. */
  static Code of(String fact) {
    Code known = STANDARD.get(fact);
    if (known != null) {
      return known;
    }
    String id = fact.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
    String words = id.replace('-', ' ').strip();
    return Code.own(
        id, words.isEmpty() ? "finding" : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1));
  }
}
