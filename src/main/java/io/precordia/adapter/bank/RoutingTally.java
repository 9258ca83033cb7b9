package io.precordia.adapter.bank;

import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How strongly the rows of one batch used the members of their routers: the mean weight over all
 * routed layers and all real positions. Not thread-safe.
 */
public final class RoutingTally {
  private final List<Integer> positions;
  private final Map<Integer, double[]> sums = new HashMap<>();
  private final Map<Integer, Integer> counts = new HashMap<>();

  /**
   * @param positions real positions of each batch row; those behind are padding and do not count
   */
  public RoutingTally(List<Integer> positions) {
    this.positions = List.copyOf(positions);
  }

  /**
   * Takes one layer's weights.
   *
   * @param rows batch row of each row of the weights
   * @param weights [rows, …, members]
   */
  void add(Ops ops, int[] rows, Tensor weights) {
    float[] all = ops.download(weights);
    int members = Math.toIntExact(weights.size(-1));
    int each = all.length / members / rows.length;
    for (int i = 0; i < rows.length; i++) {
      int real = Math.min(each, positions.get(rows[i]));
      double[] sum = sums.computeIfAbsent(rows[i], k -> new double[members]);
      for (int k = 0; k < real * members; k++) {
        sum[k % members] += all[i * each * members + k];
      }
      counts.merge(rows[i], real, Math::addExact);
    }
  }

  /** Mean weight of each member; null for a row that no routed layer saw. */
  public double @Nullable [] shares(int row) {
    double[] sum = sums.get(row);
    if (sum == null) {
      return null;
    }
    int count = counts.getOrDefault(row, 1);
    double[] out = sum.clone();
    for (int k = 0; k < out.length; k++) {
      out[k] /= Math.max(1, count);
    }
    return out;
  }
}
