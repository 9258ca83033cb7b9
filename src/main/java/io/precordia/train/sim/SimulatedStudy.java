package io.precordia.train.sim;

import io.precordia.study.Ecg;
import io.precordia.study.Modality;
import io.precordia.study.Pixels;
import io.precordia.study.Report;
import io.precordia.train.sim.ecg.EcgRecording;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.sim.text.ReportText;
import io.precordia.train.sim.xray.XrayImage;
import java.util.Set;

/**
 * One triple made from one state.
 *
 * @param state the truth
 * @param image radiograph with lesion masks
 * @param recording ECG with fiducials and measurements
 * @param text report by section
 */
public record SimulatedStudy(
    ChestState state, XrayImage image, EcgRecording recording, ReportText text) {
  public Pixels pixels() {
    return image.pixels();
  }

  public Ecg ecg() {
    return recording.ecg();
  }

  public Report report() {
    return text.report();
  }

  /** Labels that a modality shows; all of them for the report. Empty means normal. */
  public Set<Finding> findings(Modality modality) {
    return state.findings(modality);
  }
}
