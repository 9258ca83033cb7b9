package io.precordia.train.sim.state;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the ECG shows.
 *
 * @param rhythm atrial rhythm
 * @param rateBpm mean ventricular rate, 30 to 200
 * @param prMs PR interval in milliseconds; not used in atrial fibrillation
 * @param conduction intraventricular conduction
 * @param hypertrophy left ventricular hypertrophy with strain
 * @param stElevation territory of ST elevation, or null
 * @param ectopicBeats ventricular premature beats within the ten seconds
 */
public record EcgState(
    Rhythm rhythm,
    double rateBpm,
    double prMs,
    Conduction conduction,
    boolean hypertrophy,
    @Nullable Territory stElevation,
    int ectopicBeats) {

  /** Origin of the beat. */
  public enum Rhythm {
    SINUS,
    ATRIAL_FIBRILLATION
  }

  /** Intraventricular conduction. */
  public enum Conduction {
    NORMAL,
    LEFT_BUNDLE_BRANCH_BLOCK,
    RIGHT_BUNDLE_BRANCH_BLOCK
  }

  /** Coronary territory of an injury current. */
  public enum Territory {
    ANTERIOR("anterior", "V1 to V4"),
    INFERIOR("inferior", "II, III and aVF"),
    LATERAL("lateral", "I, aVL, V5 and V6");

    private final String word;
    private final String leads;

    Territory(String word, String leads) {
      this.word = word;
      this.leads = leads;
    }

    public String word() {
      return word;
    }

    public String leads() {
      return leads;
    }
  }

  /** The labels of this state. */
  public Set<Finding> findings() {
    EnumSet<Finding> out = EnumSet.noneOf(Finding.class);
    if (rhythm == Rhythm.ATRIAL_FIBRILLATION) {
      out.add(Finding.ATRIAL_FIBRILLATION);
    } else {
      if (rateBpm < 60) {
        out.add(Finding.SINUS_BRADYCARDIA);
      } else if (rateBpm > 100) {
        out.add(Finding.SINUS_TACHYCARDIA);
      }
      if (prMs > 200) {
        out.add(Finding.FIRST_DEGREE_AV_BLOCK);
      }
    }
    if (conduction == Conduction.LEFT_BUNDLE_BRANCH_BLOCK) {
      out.add(Finding.LEFT_BUNDLE_BRANCH_BLOCK);
    } else if (conduction == Conduction.RIGHT_BUNDLE_BRANCH_BLOCK) {
      out.add(Finding.RIGHT_BUNDLE_BRANCH_BLOCK);
    }
    if (hypertrophy) {
      out.add(Finding.LEFT_VENTRICULAR_HYPERTROPHY);
    }
    if (stElevation != null) {
      out.add(Finding.ST_ELEVATION);
    }
    if (ectopicBeats > 0) {
      out.add(Finding.VENTRICULAR_PREMATURE_BEATS);
    }
    return out;
  }

  /** The same patient without one ECG finding, everything else unchanged. */
  EcgState without(Finding finding) {
    boolean sinus = finding == Finding.ATRIAL_FIBRILLATION;
    boolean calm = finding == Finding.SINUS_BRADYCARDIA || finding == Finding.SINUS_TACHYCARDIA;
    boolean free =
        finding == Finding.LEFT_BUNDLE_BRANCH_BLOCK || finding == Finding.RIGHT_BUNDLE_BRANCH_BLOCK;
    return new EcgState(
        sinus ? Rhythm.SINUS : rhythm,
        calm || (sinus && (rateBpm > 100 || rateBpm < 60)) ? 75 : rateBpm,
        sinus || finding == Finding.FIRST_DEGREE_AV_BLOCK ? 160 : prMs,
        free ? Conduction.NORMAL : conduction,
        hypertrophy && finding != Finding.LEFT_VENTRICULAR_HYPERTROPHY,
        finding == Finding.ST_ELEVATION ? null : stElevation,
        finding == Finding.VENTRICULAR_PREMATURE_BEATS ? 0 : ectopicBeats);
  }
}
