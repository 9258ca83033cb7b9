package io.precordia.adapter.compose;

import io.precordia.adapter.LinearSite;
import io.precordia.adapter.LowRankAdapter;
import io.precordia.adapter.LowRankSite;
import io.precordia.adapter.algebra.LinearAlgebra;
import io.precordia.adapter.algebra.Matrix;
import io.precordia.adapter.algebra.Svd;
import io.precordia.nn.ParameterSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * FLoRA (Wang et al. 2024): A = [A₁; …; A_K], B = [p₁s₁B₁ | … | p_Ks_KB_K] has B·A = Σ
 * p_k·s_k·B_k·A_k exactly, whatever the ranks. Averaging the factors themselves would not.
 */
public final class Stacking {
  private Stacking() {}

  /** The weighted sum as one adapter; at each layer its rank is the sum of the parts' ranks. */
  public static LowRankAdapter stack(List<Weighted> parts) {
    ParameterSet values = new ParameterSet();
    List<LowRankSite> sites = new ArrayList<>();
    for (Map.Entry<LinearSite, List<Weighted>> entry : Units.byLayer(parts).entrySet()) {
      sites.add(units(entry.getKey(), entry.getValue()).put(entry.getKey(), values));
    }
    return new LowRankAdapter(sites, values);
  }

  private static Units units(LinearSite layer, List<Weighted> parts) {
    List<double[]> down = new ArrayList<>();
    List<double[]> up = new ArrayList<>();
    for (Weighted part : parts) {
      LowRankSite site = part.adapter().at(layer.path()).orElseThrow();
      Units units = Units.of(part.adapter(), site, part.weight());
      down.addAll(units.down());
      up.addAll(units.up());
    }
    return new Units(down, up);
  }

  /**
   * A compressed adapter and what compressing lost.
   *
   * @param error largest ‖ΔW − ΔW'‖/‖ΔW‖ over the layers
   */
  public record Compressed(LowRankAdapter adapter, double error) {}

  /**
   * The nearest adapter of at most the given rank at every layer, by SVD of the product. The cost
   * depends on the present rank, not on the layer's width squared.
   */
  public static Compressed compress(LowRankAdapter adapter, int rank) {
    ParameterSet values = new ParameterSet();
    List<LowRankSite> sites = new ArrayList<>();
    double worst = 0;
    for (LowRankSite site : adapter.sites()) {
      Svd svd = svd(adapter, site);
      int kept = Math.min(rank, svd.s().length);
      double all = 0;
      double lost = 0;
      for (int k = 0; k < svd.s().length; k++) {
        all += svd.s()[k] * svd.s()[k];
        lost += k < kept ? 0 : svd.s()[k] * svd.s()[k];
      }
      worst = Math.max(worst, all == 0 ? 0 : Math.sqrt(lost / all));
      sites.add(canonical(svd, kept).put(site.layer(), values));
    }
    return new Compressed(new LowRankAdapter(sites, values), worst);
  }

  /** SVD of scaling·B·A through thin QR of both factors. */
  static Svd svd(LowRankAdapter adapter, LowRankSite site) {
    int r = site.rank();
    Matrix a = Matrix.of(r, site.layer().in(), adapter.values().values(site.down()));
    Matrix b = Matrix.of(site.layer().out(), r, adapter.values().values(site.up()));
    LinearAlgebra.Qr right = LinearAlgebra.qr(a.transposed());
    LinearAlgebra.Qr left = LinearAlgebra.qr(b);
    Matrix core = left.r().times(right.r().transposed());
    Svd small =
        LinearAlgebra.svd(Matrix.zeros(core.rows(), core.columns()).plus(site.scaling(), core));
    return new Svd(left.q().times(small.u()), small.s(), right.q().times(small.v()));
  }

  /**
   * The leading units with ‖a‖ = ‖b‖ and the largest element of a positive, so that equal changes
   * have equal units whatever factors they were trained as.
   */
  static Units canonical(Svd svd, int count) {
    List<double[]> down = new ArrayList<>();
    List<double[]> up = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      double root = Math.sqrt(svd.s()[k]);
      double largest = 0;
      for (int i = 0; i < svd.v().rows(); i++) {
        // Strictly larger beyond rounding: nearly equal elements must not swap the sign.
        largest =
            Math.abs(svd.v().get(i, k)) > Math.abs(largest) * (1 + 1e-9)
                ? svd.v().get(i, k)
                : largest;
      }
      double factor = largest < 0 ? -root : root;
      down.add(column(svd.v(), k, factor));
      up.add(column(svd.u(), k, factor));
    }
    return new Units(down, up);
  }

  private static double[] column(Matrix m, int k, double factor) {
    double[] out = new double[m.rows()];
    for (int i = 0; i < out.length; i++) {
      out[i] = m.get(i, k) * factor;
    }
    return out;
  }
}
