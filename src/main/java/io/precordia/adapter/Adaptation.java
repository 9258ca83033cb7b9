package io.precordia.adapter;

import io.precordia.nn.Adapters;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import java.util.List;

/**
 * A method of adapting a model: which parameters it adds, which parameters train, and how it enters
 * the forward pass. Implementations hold no weights and are thread-safe.
 */
public interface Adaptation {
  /** Added parameters, with PEFT's names below the adapted layer's path. */
  List<ParameterSpec> parameters();

  /** What linear layers ask; hand it to {@code Forward}. */
  Adapters hooks();

  /** Whether a parameter of the adapted part of the model trains. */
  boolean trainable(ParameterSpec spec);

  /**
   * The base with fresh adapter parameters behind it; arrays of the base are shared. At the start
   * the adapted model computes exactly what the base does.
   */
  default ParameterSet attach(ParameterSet base, long seed) {
    ParameterSet out = new ParameterSet();
    base.specs().forEach(s -> out.put(s, base.values(s.name())));
    for (ParameterSpec spec : parameters()) {
      out.put(spec, spec.initializer().values(spec.count(), seed, spec.name()));
    }
    return out;
  }

  /**
   * A plain model that computes the same without hooks: adapter folded into the weights and
   * removed. The argument is unchanged.
   */
  ParameterSet merge(ParameterSet adapted);

  /**
   * Undoes {@link #merge} up to rounding: subtracts the adapter from merged weights and puts it
   * back beside them. The arguments are unchanged.
   *
   * @param adapter a set that holds the adapter's parameters
   */
  ParameterSet unmerge(ParameterSet merged, ParameterSet adapter);
}
