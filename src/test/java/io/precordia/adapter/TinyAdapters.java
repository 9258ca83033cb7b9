package io.precordia.adapter;

import io.precordia.nn.ParameterSet;
import java.util.List;
import java.util.Random;

/** Random adapters over {@link TinyNet}. */
public final class TinyAdapters {
  private TinyAdapters() {}

  public static LowRankAdapter random(int rank, double scaling, long seed, String... targets) {
    List<LowRankSite> sites =
        LinearSite.all(new TinyNet().parameters()).stream()
            .filter(s -> List.of(targets).stream().anyMatch(t -> s.path().endsWith("." + t)))
            .map(s -> new LowRankSite(s, rank, scaling))
            .toList();
    Random random = new Random(seed);
    ParameterSet values = new ParameterSet();
    for (LowRankSite site : sites) {
      site.factors()
          .forEach(
              spec -> {
                float[] v = new float[spec.count()];
                for (int i = 0; i < v.length; i++) {
                  v[i] = (float) (0.4 * random.nextGaussian());
                }
                values.put(spec, v);
              });
    }
    return new LowRankAdapter(sites, values);
  }
}
