package io.precordia.adapter.compose;

import io.precordia.adapter.LinearSite;
import io.precordia.adapter.LowRankAdapter;
import io.precordia.adapter.LowRankSite;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Rank-1 units of a layer: Σ_k b_k·a_kᵀ with scalings folded into b.
 *
 * @param down a of each unit, [in]
 * @param up b of each unit, [out]
 */
record Units(List<double[]> down, List<double[]> up) {
  /** The units of one site, b multiplied by {@code factor} and the site's scaling. */
  static Units of(LowRankAdapter adapter, LowRankSite site, double factor) {
    float[] a = adapter.values().values(site.down());
    float[] b = adapter.values().values(site.up());
    int in = site.layer().in();
    return new Units(
        IntStream.range(0, site.rank())
            .mapToObj(k -> IntStream.range(0, in).mapToDouble(i -> a[k * in + i]).toArray())
            .toList(),
        IntStream.range(0, site.rank())
            .mapToObj(
                k ->
                    IntStream.range(0, site.layer().out())
                        .mapToDouble(o -> factor * site.scaling() * b[o * site.rank() + k])
                        .toArray())
            .toList());
  }

  int count() {
    return down.size();
  }

  /** Every layer that an adapter changes, with the adapters that do. */
  static Map<LinearSite, List<Weighted>> byLayer(List<Weighted> parts) {
    Map<LinearSite, List<Weighted>> out = new LinkedHashMap<>();
    for (Weighted part : parts) {
      for (LowRankSite site : part.adapter().sites()) {
        out.computeIfAbsent(site.layer(), k -> new java.util.ArrayList<>()).add(part);
      }
    }
    return out;
  }

  /** Writes the units as factors of scaling 1; returns their site. */
  LowRankSite put(LinearSite layer, ParameterSet values) {
    LowRankSite site = new LowRankSite(layer, count(), 1);
    List<ParameterSpec> factors = site.factors();
    float[] a = new float[factors.get(0).count()];
    float[] b = new float[factors.get(1).count()];
    for (int k = 0; k < count(); k++) {
      for (int i = 0; i < layer.in(); i++) {
        a[k * layer.in() + i] = (float) down.get(k)[i];
      }
      for (int o = 0; o < layer.out(); o++) {
        b[o * count() + k] = (float) up.get(k)[o];
      }
    }
    values.put(factors.get(0), a);
    values.put(factors.get(1), b);
    return site;
  }
}
