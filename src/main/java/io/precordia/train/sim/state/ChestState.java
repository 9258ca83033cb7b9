package io.precordia.train.sim.state;

import io.precordia.study.Modality;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The latent state of one simulated patient: everything that the radiograph, the ECG and the report
 * are made from.
 *
 * @param seed seed of the simulated population
 * @param index number of the patient within it
 * @param condition what links the signs of radiograph and ECG
 * @param sex anatomy
 * @param ageYears 18 to 95
 * @param habitus body build from -1 (thin) to 1 (obese)
 * @param technique how the radiograph was taken
 * @param build anatomy that is described and no finding
 * @param xray abnormalities of the radiograph; at most one per side and kind
 * @param ecg what the ECG shows
 */
public record ChestState(
    long seed,
    long index,
    Condition condition,
    Sex sex,
    int ageYears,
    double habitus,
    Technique technique,
    Build build,
    List<XrayFinding> xray,
    EcgState ecg) {
  public ChestState {
    xray = List.copyOf(xray);
  }

  /** Frontal projection. */
  public Projection projection() {
    return technique.projection();
  }

  /** All labels, in declaration order. Empty for a wholly normal study. */
  public Set<Finding> findings() {
    EnumSet<Finding> out =
        EnumSet.copyOf(ecg.findings().isEmpty() ? EnumSet.noneOf(Finding.class) : ecg.findings());
    for (XrayFinding f : xray) {
      out.add(f.label());
    }
    return Collections.unmodifiableSet(out);
  }

  /** The labels that one modality shows; the report shows all. */
  public Set<Finding> findings(Modality modality) {
    EnumSet<Finding> out = EnumSet.noneOf(Finding.class);
    for (Finding f : findings()) {
      if (modality == Modality.REPORT || f.modality() == modality) {
        out.add(f);
      }
    }
    return Collections.unmodifiableSet(out);
  }

  /** Cardiothoracic ratio of this heart. */
  public double cardiothoracicRatio() {
    for (XrayFinding f : xray) {
      if (f instanceof XrayFinding.Cardiomegaly c) {
        return c.ratio();
      }
      if (f instanceof XrayFinding.PericardialEffusion p) {
        return p.ratio();
      }
    }
    // Low domes stretch the heart downwards.
    boolean narrow = xray.stream().anyMatch(XrayFinding.Emphysema.class::isInstance);
    return narrow ? 0.88 * build.restingRatio() : build.restingRatio();
  }

  /** The counterfactual: the same patient without one finding. */
  public ChestState without(Finding finding) {
    return new ChestState(
        seed,
        index,
        condition,
        sex,
        ageYears,
        habitus,
        technique,
        build,
        xray.stream().filter(f -> f.label() != finding).toList(),
        ecg.without(finding));
  }

  /** The random stream of one purpose of this patient. */
  public SimRandom random(String purpose) {
    return SimRandom.of(seed, index, purpose);
  }
}
