package io.precordia.train.sim.text;

import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.EcgState.Territory;
import io.precordia.train.sim.state.Finding;
import java.util.ArrayList;
import java.util.List;

/** German phrases as in the reports of PTB-XL. */
final class EcgGerman implements EcgPhrases {
  private final EcgState e;
  private final Wording w;

  EcgGerman(EcgState state, Wording wording) {
    this.e = state;
    this.w = wording;
  }

  @Override
  public String sinus() {
    return w.one("sinusrhythmus", "normaler sinusrhythmus", "regelmäßiger sinusrhythmus");
  }

  @Override
  public String finding(Finding f) {
    return switch (f) {
      case ATRIAL_FIBRILLATION ->
          w.one(
              "vorhofflimmern",
              "vorhofflimmern mit absoluter arrhythmie",
              "absolute arrhythmie bei vorhofflimmern");
      case ATRIAL_FLUTTER -> w.one("vorhofflattern", "typisches vorhofflattern");
      case HIGHER_DEGREE_AV_BLOCK ->
          switch (e.timing().avBlock()) {
            case COMPLETE -> w.one("av-block 3. grades", "av-block iii. grades, av-dissoziation");
            case TWO_TO_ONE -> "av-block 2. grades, 2:1-überleitung";
            case WENCKEBACH -> "av-block 2. grades, typ wenckebach";
            case MOBITZ -> "av-block 2. grades, typ mobitz";
          };
      case PACED_RHYTHM -> w.one("schrittmacherrhythmus", "ventrikuläre schrittmacherstimulation");
      case SINUS_BRADYCARDIA -> w.one("sinusbradykardie", "bradykarder sinusrhythmus");
      case SINUS_TACHYCARDIA -> w.one("sinustachykardie", "tachykarder sinusrhythmus");
      case FIRST_DEGREE_AV_BLOCK -> w.one("av-block 1. grades", "av-block i. grades");
      case LEFT_BUNDLE_BRANCH_BLOCK -> w.one("linksschenkelblock", "kompletter linksschenkelblock");
      case RIGHT_BUNDLE_BRANCH_BLOCK ->
          w.one("rechtsschenkelblock", "kompletter rechtsschenkelblock");
      case FASCICULAR_BLOCK ->
          e.shape().leftPosterior()
              ? "linksposteriorer hemiblock"
              : w.one("linksanteriorer hemiblock", "linksanteriorer faszikelblock");
      case PRE_EXCITATION -> w.one("präexzitation vom wpw-typ", "wpw-syndrom mit delta-welle");
      case LEFT_VENTRICULAR_HYPERTROPHY ->
          w.one("linkshypertrophie", "zeichen der linksherzhypertrophie mit st-t veränderungen");
      case RIGHT_VENTRICULAR_HYPERTROPHY ->
          w.one("rechtshypertrophie", "zeichen der rechtsherzhypertrophie");
      case RIGHT_AXIS_DEVIATION -> w.one("rechtstyp", "überdrehter rechtstyp");
      case OLD_INFARCTION ->
          w.one("alter ", "zustand nach ") + wall(e.shape().oldInfarction()) + "infarkt";
      case ST_ELEVATION ->
          w.one("st-hebung, akuter ", "st-hebungen, v.a. frischer ")
              + wall(e.shape().stElevation())
              + "infarkt";
      case ISCHAEMIA ->
          w.one("ischämie im bereich der ", "st-t veränderungen bei ischämie der ")
              + wall(e.shape().ischaemia());
      case PERICARDITIS -> w.one("perikarditis", "v.a. perikarditis, diffuse st-veränderungen");
      case HYPERKALAEMIA -> w.one("v.a. hyperkaliämie", "hohe spitze t-wellen, hyperkaliämie");
      case LONG_QT -> w.one("qt-zeit verlängert", "verlängerte qt-zeit");
      case LOW_VOLTAGE -> w.one("niederspannung", "periphere niederspannung");
      case VENTRICULAR_PREMATURE_BEATS ->
          w.one("ventrikuläre extrasystolen", "einzelne ventrikuläre extrasystolen");
      case ATRIAL_PREMATURE_BEATS ->
          w.one("supraventrikuläre extrasystolen", "vorhofextrasystolen");
      default -> throw new IllegalArgumentException("not an ECG finding: " + f);
    };
  }

  private static String wall(Territory t) {
    return switch (t) {
      case ANTERIOR -> "vorderwand";
      case INFERIOR -> "hinterwand";
      case LATERAL -> "seitenwand";
    };
  }

  @Override
  public String impression(Finding finding) {
    return finding(finding);
  }

  @Override
  public String leftAxis() {
    return "überdrehter linkstyp";
  }

  @Override
  public String normalAxis(double degrees) {
    if (degrees < 30) {
      return "linkstyp";
    }
    return degrees < 60 ? w.one("indifferenztyp", "lagetyp normal") : "steiltyp";
  }

  @Override
  public String incompleteRightBlock() {
    return "inkompletter rechtsschenkelblock";
  }

  @Override
  public String armReversal() {
    return "armelektroden vertauscht";
  }

  @Override
  public String openLead(int number) {
    return "ableitung V" + number + " fehlt";
  }

  @Override
  public List<String> negatives() {
    EcgAbsence a = new EcgAbsence(e);
    List<String> out = new ArrayList<>();
    if (a.stChange()) {
      out.add(w.one("keine st-veränderungen", "keine erregungsrückbildungsstörung"));
    }
    if (a.block() && a.avBlock()) {
      out.add("keine erregungsleitungsstörung");
    }
    if (a.hypertrophy()) {
      out.add("keine hypertrophiezeichen");
    }
    return out;
  }

  @Override
  public String normal() {
    return w.one("normales ekg", "sonst normales ekg", "unauffälliges ekg");
  }

  @Override
  public String comparison() {
    return w.one("unverändert zum vorbefund", "im vergleich zum vor-ekg gleich");
  }
}
