package io.precordia.adapter.bank;

import io.precordia.adapter.LinearSite;
import io.precordia.adapter.LowRankSite;
import io.precordia.nn.Initializer;
import io.precordia.nn.ParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A change of one linear layer: y = output ⊙ (x'·Wᵀ + b + scaling·x'·Aᵀ·Bᵀ) + shift, x' = input ⊙
 * x, with any of these parts. LoRA has A and B, DoRA an output factor and a shift too, (IA)³ an
 * output or input factor, a trained bias is a shift. A whole weight in the place of W is computed
 * without b; the shift then holds the bias.
 *
 * @param rank of A and B, 0 for none
 */
public record LinearChange(LinearSite layer, int rank, double scaling, Set<Part> parts)
    implements ModuleChange {
  /** The parts beside the factors. */
  public enum Part {
    INPUT("input_scale"),
    OUTPUT("output_scale"),
    SHIFT("output_shift"),
    WEIGHT("weight");

    private final String suffix;

    Part(String suffix) {
      this.suffix = suffix;
    }
  }

  public LinearChange {
    parts = Set.copyOf(parts);
    if (rank < 0 || !Double.isFinite(scaling) || (rank == 0 && parts.isEmpty())) {
      throw new IllegalArgumentException("linear change: a rank or a part, and a finite scaling");
    }
  }

  /** Factors alone. */
  public static LinearChange of(LowRankSite site) {
    return new LinearChange(site.layer(), site.rank(), site.scaling(), Set.of());
  }

  @Override
  public String path() {
    return layer.path();
  }

  public boolean has(Part part) {
    return parts.contains(part);
  }

  /** Name of a part's array. */
  public String name(Part part) {
    return layer.path() + "." + part.suffix;
  }

  /** The factors as a site; rank must not be 0. */
  public LowRankSite factors() {
    return new LowRankSite(layer, rank, scaling);
  }

  @Override
  public List<ParameterSpec> arrays() {
    List<ParameterSpec> out = new ArrayList<>();
    if (rank > 0) {
      out.addAll(factors().factors());
    }
    for (Part part : Part.values()) {
      if (parts.contains(part)) {
        out.add(
            new ParameterSpec(
                name(part), shape(part), ParameterSpec.Role.WEIGHT, Initializer.ZEROS));
      }
    }
    return out;
  }

  private long[] shape(Part part) {
    return switch (part) {
      case INPUT -> new long[] {layer.in()};
      case OUTPUT, SHIFT -> new long[] {layer.out()};
      case WEIGHT -> new long[] {layer.out(), layer.in()};
    };
  }
}
