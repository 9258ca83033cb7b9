package io.precordia.train.sim.state;

import io.precordia.train.sim.state.EcgState.Conduction;
import io.precordia.train.sim.state.EcgState.Rhythm;
import io.precordia.train.sim.state.EcgState.Territory;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the wanted ECG findings into one state. */
final class EcgStateSampler {
  private EcgStateSampler() {}

  /**
   * Resolves what cannot stand together: one rhythm, one conduction, no ST elevation on a bundle
   * branch block or strain.
   */
  static EcgState draw(long seed, long index, Condition condition, Set<Finding> wanted) {
    SimRandom r = SimRandom.of(seed, index, "ecg-state");
    boolean brady = wanted.contains(Finding.SINUS_BRADYCARDIA);
    boolean tachy = wanted.contains(Finding.SINUS_TACHYCARDIA);
    if (brady && tachy) {
      brady = r.chance(0.5);
      tachy = !brady;
    }
    boolean block = wanted.contains(Finding.FIRST_DEGREE_AV_BLOCK) && !tachy;
    boolean sinusWanted = brady || tachy || block;
    boolean fibrillation =
        wanted.contains(Finding.ATRIAL_FIBRILLATION) && (!sinusWanted || r.chance(0.5));
    Conduction conduction = Conduction.NORMAL;
    boolean left = wanted.contains(Finding.LEFT_BUNDLE_BRANCH_BLOCK);
    boolean right = wanted.contains(Finding.RIGHT_BUNDLE_BRANCH_BLOCK);
    if (left || right) {
      boolean takeLeft = left && (!right || r.chance(0.5));
      conduction =
          takeLeft ? Conduction.LEFT_BUNDLE_BRANCH_BLOCK : Conduction.RIGHT_BUNDLE_BRANCH_BLOCK;
    }
    boolean hypertrophy =
        wanted.contains(Finding.LEFT_VENTRICULAR_HYPERTROPHY) && conduction == Conduction.NORMAL;
    @Nullable Territory territory = null;
    if (wanted.contains(Finding.ST_ELEVATION) && conduction == Conduction.NORMAL && !hypertrophy) {
      territory = Territory.values()[r.below(3)];
    }
    double rate =
        fibrillation
            ? r.range(65, 150)
            : brady ? r.range(42, 57) : tachy ? r.range(104, 142) : r.range(61, 97);
    double pr = block && !fibrillation ? r.range(222, 320) : r.range(125, 188);
    int ectopic = wanted.contains(Finding.VENTRICULAR_PREMATURE_BEATS) ? 1 + r.below(3) : 0;
    return new EcgState(
        fibrillation ? Rhythm.ATRIAL_FIBRILLATION : Rhythm.SINUS,
        rate,
        pr,
        conduction,
        hypertrophy,
        territory,
        ectopic);
  }
}
