package io.precordia.adapter;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.ParameterSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A linear layer of the base, where an adapter can attach.
 *
 * @param path dotted path; the weight is {@code path.weight} [out, in]
 */
public record LinearSite(String path, int in, int out) {
  private static final String WEIGHT = ".weight";

  /** Every linear layer among the declared parameters: matrices of role WEIGHT. */
  public static List<LinearSite> all(Collection<ParameterSpec> base) {
    List<LinearSite> out = new ArrayList<>();
    for (ParameterSpec spec : base) {
      if (spec.role() == ParameterSpec.Role.WEIGHT
          && spec.shape().length == 2
          && spec.name().endsWith(WEIGHT)) {
        out.add(
            new LinearSite(
                spec.name().substring(0, spec.name().length() - WEIGHT.length()),
                Math.toIntExact(spec.shape()[1]),
                Math.toIntExact(spec.shape()[0])));
      }
    }
    return out;
  }

  /**
   * Layers below a prefix whose last path segments are one of the targets.
   *
   * @throws PrecordiaException INVALID_CONFIGURATION if there is none
   */
  static List<LinearSite> targeted(LoraConfig config, Collection<ParameterSpec> base) {
    List<LinearSite> found =
        all(base).stream()
            .filter(s -> s.path.startsWith(config.within()))
            .filter(s -> config.targets().stream().anyMatch(t -> ("." + s.path).endsWith("." + t)))
            .toList();
    if (found.isEmpty()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "adapter: no linear layer matches the targets " + config.targets());
    }
    return found;
  }

  /** Name of the weight. */
  public String weight() {
    return path + WEIGHT;
  }

  /** Name of the bias, which the base may lack. */
  public String bias() {
    return path + ".bias";
  }
}
