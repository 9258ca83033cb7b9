package io.precordia.train.sim.state;

import static io.precordia.train.sim.state.Finding.ATRIAL_FIBRILLATION;
import static io.precordia.train.sim.state.Finding.ATRIAL_FLUTTER;
import static io.precordia.train.sim.state.Finding.ATRIAL_PREMATURE_BEATS;
import static io.precordia.train.sim.state.Finding.FASCICULAR_BLOCK;
import static io.precordia.train.sim.state.Finding.FIRST_DEGREE_AV_BLOCK;
import static io.precordia.train.sim.state.Finding.HIGHER_DEGREE_AV_BLOCK;
import static io.precordia.train.sim.state.Finding.HYPERKALAEMIA;
import static io.precordia.train.sim.state.Finding.ISCHAEMIA;
import static io.precordia.train.sim.state.Finding.LEFT_BUNDLE_BRANCH_BLOCK;
import static io.precordia.train.sim.state.Finding.LEFT_VENTRICULAR_HYPERTROPHY;
import static io.precordia.train.sim.state.Finding.LONG_QT;
import static io.precordia.train.sim.state.Finding.LOW_VOLTAGE;
import static io.precordia.train.sim.state.Finding.OLD_INFARCTION;
import static io.precordia.train.sim.state.Finding.PACED_RHYTHM;
import static io.precordia.train.sim.state.Finding.PERICARDITIS;
import static io.precordia.train.sim.state.Finding.PRE_EXCITATION;
import static io.precordia.train.sim.state.Finding.RIGHT_AXIS_DEVIATION;
import static io.precordia.train.sim.state.Finding.RIGHT_BUNDLE_BRANCH_BLOCK;
import static io.precordia.train.sim.state.Finding.RIGHT_VENTRICULAR_HYPERTROPHY;
import static io.precordia.train.sim.state.Finding.SINUS_BRADYCARDIA;
import static io.precordia.train.sim.state.Finding.SINUS_TACHYCARDIA;
import static io.precordia.train.sim.state.Finding.ST_ELEVATION;
import static io.precordia.train.sim.state.Finding.VENTRICULAR_PREMATURE_BEATS;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which ECG findings are not drawn together: because one makes the other impossible or unreadable,
 * or because this model has no morphology for both at once.
 */
final class EcgConflicts {
  private final Map<Finding, Set<Finding>> with = new EnumMap<>(Finding.class);

  EcgConflicts() {
    for (Finding f : Finding.values()) {
      if (f != ATRIAL_FIBRILLATION && f != VENTRICULAR_PREMATURE_BEATS && f != PACED_RHYTHM) {
        put(PACED_RHYTHM, f);
      }
    }
    put(SINUS_BRADYCARDIA, SINUS_TACHYCARDIA, HIGHER_DEGREE_AV_BLOCK);
    put(SINUS_TACHYCARDIA, HIGHER_DEGREE_AV_BLOCK, FIRST_DEGREE_AV_BLOCK, LONG_QT);
    Finding[] sinusOnly = {
      SINUS_BRADYCARDIA,
      SINUS_TACHYCARDIA,
      FIRST_DEGREE_AV_BLOCK,
      HIGHER_DEGREE_AV_BLOCK,
      ATRIAL_PREMATURE_BEATS,
      PRE_EXCITATION,
      LONG_QT
    };
    put(ATRIAL_FIBRILLATION, sinusOnly);
    put(ATRIAL_FLUTTER, sinusOnly);
    put(ATRIAL_FLUTTER, ATRIAL_FIBRILLATION, HYPERKALAEMIA, LOW_VOLTAGE);
    put(
        HIGHER_DEGREE_AV_BLOCK,
        FIRST_DEGREE_AV_BLOCK,
        ATRIAL_PREMATURE_BEATS,
        VENTRICULAR_PREMATURE_BEATS,
        PRE_EXCITATION);
    Finding[] shapes = {
      LEFT_BUNDLE_BRANCH_BLOCK,
      RIGHT_BUNDLE_BRANCH_BLOCK,
      FASCICULAR_BLOCK,
      LEFT_VENTRICULAR_HYPERTROPHY,
      RIGHT_VENTRICULAR_HYPERTROPHY,
      RIGHT_AXIS_DEVIATION,
      OLD_INFARCTION,
      ST_ELEVATION,
      ISCHAEMIA,
      PERICARDITIS,
      HYPERKALAEMIA,
      LONG_QT
    };
    put(PRE_EXCITATION, shapes);
    put(PRE_EXCITATION, FIRST_DEGREE_AV_BLOCK, LOW_VOLTAGE);
    put(LEFT_BUNDLE_BRANCH_BLOCK, shapes);
    put(LEFT_BUNDLE_BRANCH_BLOCK, LOW_VOLTAGE);
    put(
        RIGHT_BUNDLE_BRANCH_BLOCK,
        LEFT_VENTRICULAR_HYPERTROPHY,
        RIGHT_VENTRICULAR_HYPERTROPHY,
        ST_ELEVATION,
        ISCHAEMIA,
        PERICARDITIS,
        HYPERKALAEMIA,
        LONG_QT);
    put(FASCICULAR_BLOCK, RIGHT_VENTRICULAR_HYPERTROPHY, OLD_INFARCTION, HYPERKALAEMIA);
    put(
        LEFT_VENTRICULAR_HYPERTROPHY,
        RIGHT_VENTRICULAR_HYPERTROPHY,
        RIGHT_AXIS_DEVIATION,
        ST_ELEVATION,
        ISCHAEMIA,
        PERICARDITIS,
        HYPERKALAEMIA,
        LONG_QT,
        LOW_VOLTAGE);
    put(
        RIGHT_VENTRICULAR_HYPERTROPHY,
        OLD_INFARCTION,
        ST_ELEVATION,
        ISCHAEMIA,
        PERICARDITIS,
        HYPERKALAEMIA,
        LONG_QT,
        LOW_VOLTAGE);
    put(ST_ELEVATION, OLD_INFARCTION, ISCHAEMIA, PERICARDITIS, HYPERKALAEMIA, LONG_QT);
    put(ISCHAEMIA, OLD_INFARCTION, PERICARDITIS, HYPERKALAEMIA, LONG_QT, LOW_VOLTAGE);
    put(PERICARDITIS, OLD_INFARCTION, HYPERKALAEMIA, LONG_QT);
    put(HYPERKALAEMIA, OLD_INFARCTION, LONG_QT, LOW_VOLTAGE);
  }

  private void put(Finding one, Finding... others) {
    for (Finding other : others) {
      if (other != one) {
        with.computeIfAbsent(one, k -> EnumSet.noneOf(Finding.class)).add(other);
        with.computeIfAbsent(other, k -> EnumSet.noneOf(Finding.class)).add(one);
      }
    }
  }

  /** Whether a finding can stand beside those chosen already. */
  boolean allows(Set<Finding> chosen, Finding candidate) {
    for (Finding f : with.getOrDefault(candidate, Set.of())) {
      if (chosen.contains(f)) {
        return false;
      }
    }
    return true;
  }
}
