package io.precordia.train.sim.text;

import io.precordia.train.sim.ecg.EcgRecording.Measurements;
import io.precordia.train.sim.state.ChestState;

/**
 * Writes the report of a study: exactly what is in the state, in varied words. Stateless and
 * thread-safe.
 */
public final class ReportWriter {
  public ReportText write(ChestState state, Measurements measurements) {
    XrayWording xray = new XrayWording(state, new Wording(state.random("xray-words")));
    EcgWording ecg =
        new EcgWording(state.ecg(), measurements, new Wording(state.random("ecg-words")));
    String xrayFindings = xray.findings();
    String ecgFindings = ecg.findings();
    return new ReportText(
        xrayFindings, xray.impression(), ecgFindings, ecg.impression(), xray.said(), ecg.said());
  }
}
