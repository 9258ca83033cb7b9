package io.precordia.train.sim.state;

/**
 * The disease behind a simulated study, which links what the radiograph and the ECG show. The links
 * are those of textbooks, simplified; docs/simulator.md names them.
 */
public enum Condition {
  /** Nothing abnormal. */
  NONE(false),
  /** Findings drawn one by one, without a common cause. */
  UNLINKED(false),
  /** Enlarged heart, oedema, effusion; hypertrophy or left bundle branch block. */
  HEART_FAILURE(true),
  /** Globular heart; low voltage, often tachycardia. */
  PERICARDIAL_EFFUSION(true),
  /** Hyperinflated lungs; right axis, low voltage or right ventricular hypertrophy. */
  COPD(true),
  /** Wide pulmonary arteries; right ventricular hypertrophy or right bundle branch block. */
  PULMONARY_HYPERTENSION(true),
  /** Atelectasis or small effusion; tachycardia, right bundle branch block or right axis. */
  PULMONARY_EMBOLISM(true),
  /** A pacemaker on the film; paced rhythm. */
  PACED(true),
  /** Sternal wires and lines; old infarction, or atrial fibrillation. */
  CORONARY_SURGERY(true);

  private final boolean linked;

  Condition(boolean linked) {
    this.linked = linked;
  }

  /** Whether radiograph and ECG tell of each other. */
  public boolean linked() {
    return linked;
  }
}
