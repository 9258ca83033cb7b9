package io.precordia.adapter;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
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

  /** Starting values of an added parameter; methods that start from the base override this. */
  default float[] start(ParameterSpec spec, ParameterSet base, long seed) {
    return spec.initializer().values(spec.count(), seed, spec.name());
  }

  /**
   * The base with fresh adapter parameters behind it; arrays of the base are shared. At the start
   * the adapted model computes what the base does.
   */
  default ParameterSet attach(ParameterSet base, long seed) {
    ParameterSet out = new ParameterSet();
    base.specs().forEach(s -> out.put(s, base.values(s.name())));
    for (ParameterSpec spec : parameters()) {
      out.put(spec, start(spec, base, seed));
    }
    return out;
  }

  /** Whether the adapter can be folded into the weights; not so if it depends on the input. */
  default boolean mergeable() {
    return true;
  }

  /**
   * A plain model that computes the same without hooks: adapter folded into the weights and
   * removed. The argument is unchanged.
   *
   * @throws PrecordiaException INVALID_ARGUMENT if the method is not {@link #mergeable()}
   */
  ParameterSet merge(ParameterSet adapted);

  /**
   * Undoes {@link #merge} up to rounding and puts the adapter back beside the weights. Whoever
   * needs the base bit for bit keeps it. The arguments are unchanged.
   *
   * @param adapter a set that holds the adapter's parameters
   * @throws PrecordiaException INVALID_ARGUMENT if the method is not {@link #mergeable()}
   */
  ParameterSet unmerge(ParameterSet merged, ParameterSet adapter);

  /** The refusal of methods whose effect depends on the input. */
  static PrecordiaException notMergeable(String method) {
    return new PrecordiaException(
        ErrorCode.INVALID_ARGUMENT,
        method + " depends on the input and cannot be merged; serve the adapter beside its base");
  }
}
