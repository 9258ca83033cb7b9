package io.precordia.adapter.compose;

import io.precordia.adapter.LinearSite;
import io.precordia.adapter.LowRankAdapter;
import io.precordia.adapter.LowRankSite;
import io.precordia.nn.ParameterSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * LoRA-LEGO (Zhao et al. 2024): rank-1 units of several adapters are clustered layer by layer, and
 * the centroids make an adapter of the wanted rank. The reweighting formulas are reconstructed from
 * secondary sources. Ours: every adapter is brought into a canonical form by SVD first, because the
 * same change has many factorisations.
 */
public final class LegoMerge {
  private LegoMerge() {}

  /**
   * @param rank k; a layer with fewer units keeps them all
   * @param reweight whether to scale each centroid to the mean norm of its members and the output
   *     by √(r̄/k), r̄ the mean rank of the adapters at the layer
   * @param seed of the clustering; the order of the adapters does not matter but for ties
   */
  public static LowRankAdapter merge(
      List<LowRankAdapter> adapters, int rank, boolean reweight, long seed) {
    if (rank < 1) {
      throw new IllegalArgumentException("LoRA-LEGO: the merged rank is at least 1");
    }
    ParameterSet values = new ParameterSet();
    List<LowRankSite> sites = new ArrayList<>();
    List<Weighted> parts = adapters.stream().map(a -> new Weighted(a, 1)).toList();
    for (Map.Entry<LinearSite, List<Weighted>> entry : Units.byLayer(parts).entrySet()) {
      LinearSite layer = entry.getKey();
      List<double[]> points = new ArrayList<>();
      int ranks = 0;
      for (Weighted part : entry.getValue()) {
        LowRankSite site = part.adapter().at(layer.path()).orElseThrow();
        var svd = Stacking.svd(part.adapter(), site);
        Units units = Stacking.canonical(svd, svd.s().length);
        for (int k = 0; k < units.count(); k++) {
          points.add(joined(units.down().get(k), units.up().get(k)));
        }
        ranks += site.rank();
      }
      // Sorted, so that the result does not depend on the order of the adapters.
      points.sort(Arrays::compare);
      double meanRank = (double) ranks / entry.getValue().size();
      sites.add(centroids(points, rank, layer.in(), meanRank, reweight, seed).put(layer, values));
    }
    return new LowRankAdapter(sites, values);
  }

  private static Units centroids(
      List<double[]> points, int rank, int in, double meanRank, boolean reweight, long seed) {
    int k = Math.min(rank, points.size());
    int[] of = KMeans.assign(points, k, seed);
    double[][] centres = KMeans.means(points, of, k);
    double output = reweight ? Math.sqrt(meanRank / k) : 1;
    List<double[]> down = new ArrayList<>();
    List<double[]> up = new ArrayList<>();
    for (int c = 0; c < k; c++) {
      double scale = reweight ? memberNorm(points, of, c) / Math.max(norm(centres[c]), 1e-300) : 1;
      double[] centre = Arrays.stream(centres[c]).map(v -> v * scale).toArray();
      down.add(Arrays.copyOf(centre, in));
      up.add(Arrays.stream(centre, in, centre.length).map(v -> v * output).toArray());
    }
    return new Units(down, up);
  }

  private static double memberNorm(List<double[]> points, int[] of, int c) {
    double sum = 0;
    int size = 0;
    for (int i = 0; i < of.length; i++) {
      if (of[i] == c) {
        sum += norm(points.get(i));
        size++;
      }
    }
    return sum / size;
  }

  private static double norm(double[] v) {
    return Math.sqrt(Arrays.stream(v).map(x -> x * x).sum());
  }

  private static double[] joined(double[] a, double[] b) {
    double[] out = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, out, a.length, b.length);
    return out;
  }
}
