package io.precordia.train.sim.state;

import io.precordia.study.Modality;
import java.util.Arrays;
import java.util.List;

/** The closed list of labels. An id is stable: truth files, metrics and prompts are keyed by it. */
public enum Finding {
  CARDIOMEGALY("cardiomegaly", Modality.XRAY),
  PLEURAL_EFFUSION("pleural-effusion", Modality.XRAY),
  CONSOLIDATION("consolidation", Modality.XRAY),
  PNEUMOTHORAX("pneumothorax", Modality.XRAY),
  PULMONARY_OEDEMA("pulmonary-oedema", Modality.XRAY),
  NODULE("pulmonary-nodule", Modality.XRAY),
  CENTRAL_LINE("central-venous-line", Modality.XRAY),
  PACEMAKER("pacemaker", Modality.XRAY),
  ENDOTRACHEAL_TUBE("endotracheal-tube", Modality.XRAY),
  MASS("mass", Modality.XRAY),
  ATELECTASIS("atelectasis", Modality.XRAY),
  EMPHYSEMA("emphysema", Modality.XRAY),
  FIBROSIS("fibrosis", Modality.XRAY),
  PERICARDIAL_EFFUSION("pericardial-effusion", Modality.XRAY),
  HIATAL_HERNIA("hernia", Modality.XRAY),
  PULMONARY_ARTERY_ENLARGEMENT("pulmonary-artery-enlargement", Modality.XRAY),
  NASOGASTRIC_TUBE("nasogastric-tube", Modality.XRAY),
  STERNOTOMY_WIRES("sternotomy-wires", Modality.XRAY),
  ATRIAL_FIBRILLATION("atrial-fibrillation", Modality.ECG),
  SINUS_BRADYCARDIA("sinus-bradycardia", Modality.ECG),
  SINUS_TACHYCARDIA("sinus-tachycardia", Modality.ECG),
  LEFT_BUNDLE_BRANCH_BLOCK("left-bundle-branch-block", Modality.ECG),
  RIGHT_BUNDLE_BRANCH_BLOCK("right-bundle-branch-block", Modality.ECG),
  LEFT_VENTRICULAR_HYPERTROPHY("left-ventricular-hypertrophy", Modality.ECG),
  ST_ELEVATION("st-elevation", Modality.ECG),
  FIRST_DEGREE_AV_BLOCK("first-degree-av-block", Modality.ECG),
  VENTRICULAR_PREMATURE_BEATS("ventricular-premature-beats", Modality.ECG),
  ATRIAL_PREMATURE_BEATS("atrial-premature-beats", Modality.ECG),
  ATRIAL_FLUTTER("atrial-flutter", Modality.ECG),
  HIGHER_DEGREE_AV_BLOCK("higher-degree-av-block", Modality.ECG),
  PACED_RHYTHM("paced-rhythm", Modality.ECG),
  FASCICULAR_BLOCK("fascicular-block", Modality.ECG),
  PRE_EXCITATION("wolff-parkinson-white", Modality.ECG),
  RIGHT_VENTRICULAR_HYPERTROPHY("right-ventricular-hypertrophy", Modality.ECG),
  RIGHT_AXIS_DEVIATION("right-axis-deviation", Modality.ECG),
  OLD_INFARCTION("q-waves", Modality.ECG),
  ISCHAEMIA("ischaemic-st-t", Modality.ECG),
  PERICARDITIS("pericarditis", Modality.ECG),
  HYPERKALAEMIA("hyperkalaemia", Modality.ECG),
  LONG_QT("long-qt", Modality.ECG),
  LOW_VOLTAGE("low-voltage", Modality.ECG);

  private final String id;
  private final Modality modality;

  Finding(String id, Modality modality) {
    this.id = id;
    this.modality = modality;
  }

  /** Stable text form. */
  public String id() {
    return id;
  }

  /** The modality that shows it; the report names every finding. */
  public Modality modality() {
    return modality;
  }

  /** All findings that one modality shows; all of them for {@link Modality#REPORT}. */
  public static List<Finding> shownBy(Modality modality) {
    return Arrays.stream(values())
        .filter(f -> modality == Modality.REPORT || f.modality == modality)
        .toList();
  }
}
