package io.precordia.train.sim.state;

import io.precordia.study.Modality;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Draws patients: about a quarter wholly normal, about a third with a {@link Condition} that links
 * radiograph and ECG, the others with findings drawn one by one. Prevalences are those of a
 * teaching set, not of any population. Stateless and thread-safe.
 */
public final class ChestStateSampler {
  private static final double NORMAL = 0.25;
  private static final double XRAY_CHANCE = 0.11;
  private static final double ECG_CHANCE = 0.085;
  private static final Finding[] ALL = Finding.values();
  private static final Map<Condition, Double> LINKED = linked();

  private static Map<Condition, Double> linked() {
    Map<Condition, Double> out = new EnumMap<>(Condition.class);
    out.put(Condition.HEART_FAILURE, 0.08);
    out.put(Condition.PERICARDIAL_EFFUSION, 0.04);
    out.put(Condition.COPD, 0.05);
    out.put(Condition.PULMONARY_HYPERTENSION, 0.04);
    out.put(Condition.PULMONARY_EMBOLISM, 0.03);
    out.put(Condition.PACED, 0.05);
    out.put(Condition.CORONARY_SURGERY, 0.04);
    return out;
  }

  public ChestState sample(long seed, long index) {
    SimRandom r = SimRandom.of(seed, index, "state");
    Sex sex = r.chance(0.5) ? Sex.FEMALE : Sex.MALE;
    Condition condition = condition(r.next());
    Set<Finding> wanted = EnumSet.noneOf(Finding.class);
    signs(condition, r, wanted);
    boolean sick = !wanted.isEmpty();
    int age =
        18 + (int) (77 * (sick ? 1 - 0.75 * r.next() * r.next() - 0.25 * r.next() : r.next()));
    double habitus = Math.max(-1, Math.min(1, r.around(sick ? 0.1 : 0, 0.45)));
    if (condition == Condition.COPD) {
      habitus = Math.max(-1, habitus - 0.4);
    }
    int years = Math.min(95, age);
    boolean bedside =
        wanted.contains(Finding.ENDOTRACHEAL_TUBE)
            || wanted.contains(Finding.CENTRAL_LINE)
            || wanted.contains(Finding.NASOGASTRIC_TUBE);
    return new ChestState(
        seed,
        index,
        condition,
        sex,
        years,
        habitus,
        technique(r, bedside, wanted.contains(Finding.EMPHYSEMA)),
        build(r, years),
        XrayStateSampler.draw(seed, index, wanted),
        EcgStateSampler.draw(seed, index, condition, wanted));
  }

  private static Build build(SimRandom r, int ageYears) {
    double ratio = r.range(0.385, 0.48);
    double bend = r.chance(0.12) ? r.range(1.1, 2.4) * (r.chance(0.7) ? -1 : 1) : r.around(0, 0.3);
    double aorta = (ageYears - 42) / 24.0 + r.around(0, 0.35);
    return new Build(ratio, bend, Math.max(0, Math.min(2, aorta)));
  }

  private static Condition condition(double draw) {
    if (draw < NORMAL) {
      return Condition.NONE;
    }
    double sum = NORMAL;
    for (Map.Entry<Condition, Double> e : LINKED.entrySet()) {
      sum += e.getValue();
      if (draw < sum) {
        return e.getKey();
      }
    }
    return Condition.UNLINKED;
  }

  private static Technique technique(SimRandom r, boolean bedside, boolean inflated) {
    Projection projection = r.chance(bedside ? 0.85 : 0.35) ? Projection.AP : Projection.PA;
    boolean ap = projection == Projection.AP;
    boolean supine = ap && r.chance(0.55);
    double ribs = (ap ? r.around(8.6, 0.75) : r.around(9.5, 0.6)) + (inflated ? 0.9 : 0);
    double rotation = r.around(0, ap ? 4.0 : 2.2);
    return new Technique(projection, supine, Math.max(7, Math.min(11.4, ribs)), rotation);
  }

  private static void signs(Condition condition, SimRandom r, Set<Finding> wanted) {
    switch (condition) {
      case NONE -> {
        // Nothing to add.
      }
      case UNLINKED -> unlinked(r, wanted);
      case HEART_FAILURE -> {
        wanted.add(Finding.CARDIOMEGALY);
        add(r, wanted, Finding.PULMONARY_OEDEMA, 0.75);
        add(r, wanted, Finding.PLEURAL_EFFUSION, 0.5);
        add(r, wanted, Finding.ATRIAL_FIBRILLATION, 0.3);
        wanted.add(
            r.chance(0.5)
                ? Finding.LEFT_VENTRICULAR_HYPERTROPHY
                : Finding.LEFT_BUNDLE_BRANCH_BLOCK);
        add(r, wanted, Finding.SINUS_TACHYCARDIA, 0.25);
        add(r, wanted, Finding.VENTRICULAR_PREMATURE_BEATS, 0.2);
      }
      case PERICARDIAL_EFFUSION -> {
        wanted.add(Finding.PERICARDIAL_EFFUSION);
        wanted.add(Finding.LOW_VOLTAGE);
        add(r, wanted, Finding.SINUS_TACHYCARDIA, 0.5);
        add(r, wanted, Finding.PLEURAL_EFFUSION, 0.25);
      }
      case COPD -> {
        wanted.add(Finding.EMPHYSEMA);
        wanted.add(Finding.RIGHT_AXIS_DEVIATION);
        add(r, wanted, Finding.LOW_VOLTAGE, 0.25);
        add(r, wanted, Finding.ATRIAL_PREMATURE_BEATS, 0.3);
        add(r, wanted, Finding.CONSOLIDATION, 0.15);
        add(r, wanted, Finding.PNEUMOTHORAX, 0.08);
      }
      case PULMONARY_HYPERTENSION -> {
        wanted.add(Finding.PULMONARY_ARTERY_ENLARGEMENT);
        wanted.add(Finding.RIGHT_VENTRICULAR_HYPERTROPHY);
        add(r, wanted, Finding.ATRIAL_FLUTTER, 0.15);
        add(r, wanted, Finding.FIBROSIS, 0.2);
      }
      case PULMONARY_EMBOLISM -> {
        wanted.add(Finding.ATELECTASIS);
        add(r, wanted, Finding.PLEURAL_EFFUSION, 0.4);
        wanted.add(Finding.SINUS_TACHYCARDIA);
        wanted.add(
            r.chance(0.5) ? Finding.RIGHT_BUNDLE_BRANCH_BLOCK : Finding.RIGHT_AXIS_DEVIATION);
      }
      case PACED -> {
        wanted.add(Finding.PACEMAKER);
        wanted.add(Finding.PACED_RHYTHM);
        add(r, wanted, Finding.CARDIOMEGALY, 0.35);
        add(r, wanted, Finding.ATRIAL_FIBRILLATION, 0.2);
      }
      case CORONARY_SURGERY -> {
        wanted.add(Finding.STERNOTOMY_WIRES);
        wanted.add(Finding.OLD_INFARCTION);
        add(r, wanted, Finding.ATRIAL_FIBRILLATION, 0.2);
        add(r, wanted, Finding.PLEURAL_EFFUSION, 0.25);
        add(r, wanted, Finding.CENTRAL_LINE, 0.2);
        add(r, wanted, Finding.CARDIOMEGALY, 0.2);
      }
    }
  }

  private static void unlinked(SimRandom r, Set<Finding> wanted) {
    for (Finding f : ALL) {
      add(r, wanted, f, f.modality() == Modality.XRAY ? XRAY_CHANCE : ECG_CHANCE);
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
}
