package io.precordia.train.sim;

import io.precordia.train.sim.ecg.EcgRecording;
import io.precordia.train.sim.ecg.EcgSimulator;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.ChestStateSampler;
import io.precordia.train.sim.text.ReportText;
import io.precordia.train.sim.text.ReportWriter;
import io.precordia.train.sim.xray.XraySimulator;

/**
 * The chest simulator: from (seed, index) to a radiograph, an ECG and a report of the same patient.
 * Stateless, thread-safe, and bit-identical on every machine for the same arguments.
 */
public final class ChestSimulator {
  /** Size of radiographs for training. */
  public static final int TRAINING_SIZE = 224;

  private final ChestStateSampler sampler = new ChestStateSampler();
  private final XraySimulator xray = new XraySimulator();
  private final EcgSimulator ecg = new EcgSimulator();
  private final ReportWriter report = new ReportWriter();

  /** Only the latent state: cheap, for choosing patients by finding. */
  public ChestState state(long seed, long index) {
    return sampler.sample(seed, index);
  }

  /** A study at training size. */
  public SimulatedStudy study(long seed, long index) {
    return study(seed, index, TRAINING_SIZE);
  }

  /**
   * A study.
   *
   * @param xraySize columns and rows of the radiograph, 32 to 4096
   */
  public SimulatedStudy study(long seed, long index, int xraySize) {
    return study(state(seed, index), xraySize);
  }

  /** A study of a given, possibly counterfactual, state. */
  public SimulatedStudy study(ChestState state, int xraySize) {
    EcgRecording recording = ecg.record(state);
    return new SimulatedStudy(
        state, xray.render(state, xraySize), recording, text(state, recording));
  }

  /** The ECG alone. */
  public EcgRecording ecg(ChestState state) {
    return ecg.record(state);
  }

  private ReportText text(ChestState state, EcgRecording recording) {
    return report.write(state, recording.measurements());
  }
}
