package io.precordia.adapter.compose;

import io.precordia.adapter.LinearSite;
import io.precordia.adapter.LowRankSite;
import io.precordia.nn.ParameterSet;
import java.util.List;
import java.util.Map;

/**
 * Task arithmetic (Ilharco et al. 2023) over adapters: W + Σ w_k·s_k·B_k·A_k. A weight of 1 merges,
 * −1 takes an adapter's task out again.
 */
public final class TaskArithmetic {
  private TaskArithmetic() {}

  /** A copy of the base with the weighted changes; sums are rounded once per weight. */
  public static ParameterSet apply(ParameterSet base, List<Weighted> parts) {
    ParameterSet out = base.copy();
    for (Map.Entry<LinearSite, List<Weighted>> entry : Units.byLayer(parts).entrySet()) {
      LinearSite layer = entry.getKey();
      float[] weight = out.values(layer.weight());
      for (int o = 0; o < layer.out(); o++) {
        double[] sum = new double[layer.in()];
        for (Weighted part : entry.getValue()) {
          LowRankSite site = part.adapter().at(layer.path()).orElseThrow();
          double[] row = site.deltaRow(part.adapter().values(), o);
          for (int i = 0; i < sum.length; i++) {
            sum[i] += part.weight() * row[i];
          }
        }
        for (int i = 0; i < sum.length; i++) {
          weight[o * sum.length + i] = (float) (weight[o * sum.length + i] + sum[i]);
        }
      }
    }
    return out;
  }
}
