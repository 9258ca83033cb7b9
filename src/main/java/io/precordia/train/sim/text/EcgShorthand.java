package io.precordia.train.sim.text;

import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.EcgState.AvBlock;
import io.precordia.train.sim.state.Finding;
import java.util.ArrayList;
import java.util.List;

/** The terse statements of an interpreting machine or a telegram. */
final class EcgShorthand implements EcgPhrases {
  private final EcgState e;
  private final Wording w;
  private final EcgProse prose;

  EcgShorthand(EcgState state, Wording wording) {
    this.e = state;
    this.w = wording;
    this.prose = new EcgProse(state, wording);
  }

  @Override
  public String sinus() {
    return w.one("sinus rhythm", "SR", "normal sinus rhythm", "NSR");
  }

  @Override
  public String finding(Finding f) {
    return switch (f) {
      case ATRIAL_FIBRILLATION -> w.one("atrial fibrillation", "AF, atrial fibrillation");
      case ATRIAL_FLUTTER ->
          e.timing().flutterVariable()
              ? "atrial flutter, variable conduction"
              : "atrial flutter " + (int) e.timing().flutterRatio() + ":1";
      case HIGHER_DEGREE_AV_BLOCK ->
          e.timing().avBlock() == AvBlock.COMPLETE
              ? w.one("complete AV block", "third-degree AV block")
              : e.timing().avBlock() == AvBlock.TWO_TO_ONE
                  ? w.one("2:1 AV block", "second-degree AV block 2:1")
                  : "second-degree AV block"
                      + (e.timing().avBlock() == AvBlock.WENCKEBACH
                          ? " (Wenckebach)"
                          : " (Mobitz II)");
      case PACED_RHYTHM -> w.one("ventricular-paced rhythm", "paced rhythm", "electronic pacing");
      case FIRST_DEGREE_AV_BLOCK -> w.one("1st degree AV block", "first-degree AV block");
      case LEFT_BUNDLE_BRANCH_BLOCK -> w.one("LBBB", "left bundle branch block");
      case RIGHT_BUNDLE_BRANCH_BLOCK -> w.one("RBBB", "right bundle branch block");
      case FASCICULAR_BLOCK ->
          e.shape().leftPosterior()
              ? "left posterior fascicular block"
              : w.one("LAFB", "left anterior fascicular block", "left anterior hemiblock");
      case PRE_EXCITATION -> w.one("WPW pattern", "ventricular pre-excitation");
      case LEFT_VENTRICULAR_HYPERTROPHY ->
          w.one("LVH with strain", "left ventricular hypertrophy with repolarization abnormality");
      case RIGHT_VENTRICULAR_HYPERTROPHY -> w.one("RVH", "right ventricular hypertrophy");
      case RIGHT_AXIS_DEVIATION -> w.one("right axis deviation", "RAD");
      case OLD_INFARCTION ->
          w.one("old ", "possible ")
              + e.shape().oldInfarction().word()
              + w.one(" infarct, age undetermined", " infarct with Q waves");
      case ST_ELEVATION ->
          w.one("ST elevation ", "acute injury pattern, ST elevation ")
              + e.shape().stElevation().word();
      case ISCHAEMIA ->
          w.one("ST-T abnormality, consider ", "possible ")
              + e.shape().ischaemia().word()
              + " ischemia";
      case PERICARDITIS ->
          w.one("diffuse ST elevation, consider pericarditis", "possible acute pericarditis");
      case HYPERKALAEMIA ->
          w.one("peaked T waves, consider hyperkalaemia", "tall T waves, possible hyperkalemia");
      case LONG_QT -> w.one("prolonged QT", "long QT");
      case LOW_VOLTAGE -> w.one("low voltage QRS", "low voltage");
      case VENTRICULAR_PREMATURE_BEATS ->
          w.one("with PVCs", "premature ventricular complexes", "ventricular premature beats");
      case ATRIAL_PREMATURE_BEATS ->
          w.one("with PACs", "premature atrial complexes", "atrial premature beats");
      default -> prose.finding(f);
    };
  }

  @Override
  public String impression(Finding finding) {
    return finding(finding);
  }

  @Override
  public String leftAxis() {
    return w.one("left axis deviation", "LAD, left axis deviation", "leftward axis");
  }

  @Override
  public String normalAxis(double degrees) {
    return "normal axis";
  }

  @Override
  public String incompleteRightBlock() {
    return w.one("incomplete RBBB", "incomplete right bundle branch block");
  }

  @Override
  public String armReversal() {
    return w.one("arm lead reversal", "limb lead reversal");
  }

  @Override
  public String openLead(int number) {
    return "V" + number + w.one(" off", " missing");
  }

  @Override
  public List<String> negatives() {
    return w.chance(0.3) ? prose.negatives() : new ArrayList<>();
  }

  @Override
  public String normal() {
    return w.one("normal ECG", "WNL", "otherwise normal ECG", "normal tracing");
  }

  @Override
  public String comparison() {
    return w.one("unchanged", "no change from prior", "unchanged from previous");
  }
}
