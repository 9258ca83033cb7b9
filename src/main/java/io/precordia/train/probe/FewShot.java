package io.precordia.train.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Test AUROC of a probe that was fitted on a share of the training patients. A share draws whole
 * patients; a draw without both classes is drawn again. λ is chosen on the whole validation split.
 */
public final class FewShot {
  private static final int ATTEMPTS = 100;
  private final int seeds;

  /**
   * @param seeds draws for each share
   */
  public FewShot(int seeds) {
    this.seeds = seeds;
  }

  /**
   * @param share of the training patients
   * @param mean over draws
   * @param low of the draws
   * @param high of the draws
   */
  public record Point(double share, double mean, double low, double high) {}

  /** A share of 1 has one draw. */
  public Point at(double share, LinearProbe.Space space) {
    double[] areas =
        IntStream.range(0, share < 1 ? seeds : 1)
            .mapToDouble(
                seed -> {
                  LinearProbe.Space some =
                      new LinearProbe.Space(
                          share < 1 ? draw(space.train(), share, seed) : space.train(),
                          space.val(),
                          space.test());
                  return LinearProbe.within(space.test(), LinearProbe.fit("", some).scores());
                })
            .toArray();
    return new Point(
        share,
        Arrays.stream(areas).average().orElse(Double.NaN),
        Arrays.stream(areas).min().orElse(Double.NaN),
        Arrays.stream(areas).max().orElse(Double.NaN));
  }

  static ProbeSet draw(ProbeSet train, double share, int seed) {
    List<String> patients = new ArrayList<>(new LinkedHashSet<>(train.patients()));
    Random random = new Random(seed);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Collections.shuffle(patients, random);
      int count = (int) Math.max(2, Math.round(share * patients.size()));
      Set<String> drawn = new HashSet<>(patients.subList(0, Math.min(count, patients.size())));
      ProbeSet some = train.only(i -> drawn.contains(train.patients().get(i)));
      int positives = 0;
      for (boolean p : some.positive()) {
        positives += p ? 1 : 0;
      }
      if (positives > 0 && positives < some.size()) {
        return some;
      }
    }
    return train;
  }
}
