package io.precordia.train.sim.text;

import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.Finding;
import java.util.List;

/** One way of speaking of an ECG. A phrase that asserts a finding holds no negation. */
sealed interface EcgPhrases permits EcgProse, EcgShorthand, EcgGerman {
  /** The basic rhythm where no finding names it. */
  String sinus();

  /** A finding with its particulars, without numbers. */
  String finding(Finding finding);

  /** A finding in the impression. */
  String impression(Finding finding);

  String leftAxis();

  String normalAxis(double degrees);

  String incompleteRightBlock();

  String armReversal();

  /** A precordial lead that was not recorded; number 1 to 6. */
  String openLead(int number);

  /** Statements of absence that hold for this state. */
  List<String> negatives();

  /** Nothing abnormal. */
  String normal();

  String comparison();

  /** Whether no label, no axis deviation and no technical fault is to be told. */
  static boolean plain(EcgState e) {
    return e.findings().isEmpty()
        && e.axisClass() == EcgState.AxisClass.NORMAL
        && !e.technical().armReversal();
  }
}
