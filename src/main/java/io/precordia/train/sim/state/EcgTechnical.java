package io.precordia.train.sim.state;

/**
 * Faults of the recording, which are not findings.
 *
 * @param armReversal right and left arm electrodes exchanged
 * @param openLeads bit k for precordial lead V(k+1): the electrode is off and the lead a flat line
 */
public record EcgTechnical(boolean armReversal, int openLeads) {
  /** A faultless recording. */
  public static final EcgTechnical NONE = new EcgTechnical(false, 0);

  /** Whether precordial lead V{@code number} (1 to 6) is a flat line. */
  public boolean open(int number) {
    return (openLeads >> (number - 1) & 1) == 1;
  }
}
