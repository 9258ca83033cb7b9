package io.precordia.adapter;

import io.precordia.nn.Initializer;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import java.util.List;

/**
 * A low-rank change of one linear layer: scaling·B·A with {@code path.lora_A.weight} [rank, in] and
 * {@code path.lora_B.weight} [out, rank].
 *
 * @param scaling resolved scale: α/r, or α/√r when rank-stabilised. It is kept as resolved, because
 *     methods compute it differently from α and r.
 */
public record LowRankSite(LinearSite layer, int rank, double scaling) {
  public LowRankSite {
    if (rank < 1 || !Double.isFinite(scaling)) {
      throw new IllegalArgumentException("low rank: rank at least 1 and a finite scaling");
    }
  }

  /** Path of the adapted layer. */
  public String path() {
    return layer.path();
  }

  /** Name of A. */
  public String down() {
    return layer.path() + ".lora_A.weight";
  }

  /** Name of B. */
  public String up() {
    return layer.path() + ".lora_B.weight";
  }

  /** A uniform in ±1/√in, B zero: both factors as LoRA starts them. */
  public List<ParameterSpec> factors() {
    return factors(Initializer.fanIn(layer.in()));
  }

  List<ParameterSpec> factors(Initializer start) {
    return List.of(
        factor(down(), rank, layer.in(), start),
        factor(up(), layer.out(), rank, Initializer.ZEROS));
  }

  static ParameterSpec factor(String name, long rows, long columns, Initializer start) {
    return new ParameterSpec(name, new long[] {rows, columns}, ParameterSpec.Role.WEIGHT, start);
  }

  /** Scalars of both factors: r(in + out). */
  public long count() {
    return (long) rank * (layer.in() + layer.out());
  }

  /** Row {@code o} of scaling·B·A, accumulated in double precision. */
  public double[] deltaRow(ParameterSet adapter, int o) {
    float[] a = adapter.values(down());
    float[] b = adapter.values(up());
    double[] row = new double[layer.in()];
    for (int r = 0; r < rank; r++) {
      double factor = scaling * b[o * rank + r];
      for (int i = 0; i < row.length; i++) {
        row[i] += factor * a[r * row.length + i];
      }
    }
    return row;
  }

  /** weight += sign·scaling·B·A, in place. */
  void addDelta(float[] weight, ParameterSet adapter, double sign) {
    for (int o = 0; o < layer.out(); o++) {
      double[] row = deltaRow(adapter, o);
      for (int i = 0; i < row.length; i++) {
        weight[o * row.length + i] += (float) (sign * row[i]);
      }
    }
  }
}
