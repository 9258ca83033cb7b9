package io.precordia.train.sim.state;

import io.precordia.train.sim.state.EcgState.Conduction;
import io.precordia.train.sim.state.EcgState.Rhythm;
import io.precordia.train.sim.state.EcgState.Territory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Draws patients: about a quarter wholly normal, about a seventh in heart failure with its linked
 * signs, the others with findings drawn independently. Prevalences are those of a teaching set, not
 * of any population. Stateless and thread-safe.
 */
public final class ChestStateSampler {
  private static final double NORMAL = 0.25;
  private static final double HEART_FAILURE = 0.14;
  private static final Finding[] ALL = Finding.values();

  public ChestState sample(long seed, long index) {
    SimRandom r = SimRandom.of(seed, index, "state");
    Sex sex = r.chance(0.5) ? Sex.FEMALE : Sex.MALE;
    Set<Finding> wanted = EnumSet.noneOf(Finding.class);
    double kind = r.next();
    if (kind >= NORMAL && kind < NORMAL + HEART_FAILURE) {
      heartFailure(r, wanted);
    } else if (kind >= NORMAL + HEART_FAILURE) {
      independent(r, wanted);
    }
    boolean sick = !wanted.isEmpty();
    int age =
        18 + (int) (77 * (sick ? 1 - 0.75 * r.next() * r.next() - 0.25 * r.next() : r.next()));
    double habitus = Math.max(-1, Math.min(1, r.around(sick ? 0.1 : 0, 0.45)));
    boolean bedside =
        wanted.contains(Finding.ENDOTRACHEAL_TUBE) || wanted.contains(Finding.CENTRAL_LINE);
    Projection projection = r.chance(bedside ? 0.85 : 0.35) ? Projection.AP : Projection.PA;
    double ratio = r.range(0.385, 0.475);
    return new ChestState(
        seed,
        index,
        sex,
        Math.min(95, age),
        habitus,
        projection,
        ratio,
        radiograph(seed, index, wanted),
        ecg(seed, index, wanted));
  }

  private static void heartFailure(SimRandom r, Set<Finding> wanted) {
    wanted.add(Finding.CARDIOMEGALY);
    add(r, wanted, Finding.PULMONARY_OEDEMA, 0.75);
    add(r, wanted, Finding.PLEURAL_EFFUSION, 0.5);
    add(r, wanted, Finding.PACEMAKER, 0.15);
    add(r, wanted, Finding.ATRIAL_FIBRILLATION, 0.3);
    wanted.add(
        r.chance(0.5) ? Finding.LEFT_VENTRICULAR_HYPERTROPHY : Finding.LEFT_BUNDLE_BRANCH_BLOCK);
    add(r, wanted, Finding.SINUS_TACHYCARDIA, 0.25);
    add(r, wanted, Finding.VENTRICULAR_PREMATURE_BEATS, 0.2);
  }

  private static void independent(SimRandom r, Set<Finding> wanted) {
    for (Finding f : ALL) {
      add(r, wanted, f, f.modality() == io.precordia.study.Modality.XRAY ? 0.115 : 0.105);
    }
    if (wanted.isEmpty()) {
      wanted.add(ALL[r.below(ALL.length)]);
    }
  }

  private static void add(SimRandom r, Set<Finding> wanted, Finding finding, double probability) {
    if (r.chance(probability)) {
      wanted.add(finding);
    }
  }

  /** Each finding draws its parameters from its own stream. */
  private static List<XrayFinding> radiograph(long seed, long index, Set<Finding> wanted) {
    List<XrayFinding> out = new ArrayList<>();
    for (Finding f : wanted) {
      SimRandom r = SimRandom.of(seed, index, f.id());
      Side side = r.chance(0.5) ? Side.RIGHT : Side.LEFT;
      Zone zone = Zone.values()[r.below(3)];
      switch (f) {
        case CARDIOMEGALY -> out.add(new XrayFinding.Cardiomegaly(r.range(0.545, 0.68)));
        case PLEURAL_EFFUSION -> {
          out.add(new XrayFinding.Effusion(side, r.range(2.5, 12)));
          if (r.chance(0.3)) {
            out.add(
                new XrayFinding.Effusion(
                    side == Side.LEFT ? Side.RIGHT : Side.LEFT, r.range(2.5, 8)));
          }
        }
        case CONSOLIDATION -> {
          out.add(new XrayFinding.Consolidation(side, zone, r.range(2.8, 5.2), r.range(0.5, 0.95)));
          if (r.chance(0.2)) {
            out.add(
                new XrayFinding.Consolidation(
                    side == Side.LEFT ? Side.RIGHT : Side.LEFT,
                    Zone.values()[r.below(3)],
                    r.range(2.5, 4.5),
                    r.range(0.5, 0.9)));
          }
        }
        case PNEUMOTHORAX -> out.add(new XrayFinding.Pneumothorax(side, r.range(1.0, 5.0)));
        case PULMONARY_OEDEMA -> out.add(new XrayFinding.Oedema(r.range(0.25, 1)));
        case NODULE -> out.add(new XrayFinding.Nodule(side, zone, r.range(1.0, 3.0)));
        case CENTRAL_LINE ->
            out.add(new XrayFinding.CentralLine(r.chance(0.75) ? Side.RIGHT : Side.LEFT));
        case PACEMAKER -> out.add(new XrayFinding.Pacemaker(r.chance(0.6)));
        case ENDOTRACHEAL_TUBE -> out.add(new XrayFinding.EndotrachealTube(r.range(2, 6)));
        default -> {
          // An ECG finding: see ecg().
        }
      }
    }
    return out;
  }

  /**
   * Resolves what cannot stand together: one rhythm, one conduction, no ST elevation on a bundle
   * branch block or strain.
   */
  private static EcgState ecg(long seed, long index, Set<Finding> wanted) {
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
