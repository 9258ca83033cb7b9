package io.precordia.nn;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Named parameter values on the host, in declaration order, running statistics included. Mutable
 * and not thread-safe: it is the form in which weights are initialised, loaded, merged and saved.
 */
public final class ParameterSet {
  private final Map<String, ParameterSpec> specs = new LinkedHashMap<>();
  private final Map<String, float[]> values = new LinkedHashMap<>();

  /** Fresh values for every declared parameter; the same on every machine for the same seed. */
  public static ParameterSet initial(Collection<ParameterSpec> declared, long seed) {
    ParameterSet set = new ParameterSet();
    for (ParameterSpec spec : declared) {
      set.put(spec, spec.initializer().values(spec.count(), seed, spec.name()));
    }
    return set;
  }

  /** Adds or replaces a parameter; the array is kept, not copied. */
  public void put(ParameterSpec spec, float[] array) {
    if (array.length != spec.count()) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          spec.name() + " needs " + spec.count() + " values, not " + array.length);
    }
    specs.put(spec.name(), spec);
    values.put(spec.name(), array);
  }

  public void remove(String name) {
    specs.remove(name);
    values.remove(name);
  }

  public boolean contains(String name) {
    return specs.containsKey(name);
  }

  /** Live values of a parameter; changing them changes the set. */
  public float[] values(String name) {
    float[] array = values.get(name);
    if (array == null) {
      throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, "the model has no parameter " + name);
    }
    return array;
  }

  public ParameterSpec spec(String name) {
    ParameterSpec spec = specs.get(name);
    if (spec == null) {
      throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, "the model has no parameter " + name);
    }
    return spec;
  }

  /** Declarations in order. */
  public List<ParameterSpec> specs() {
    return new ArrayList<>(specs.values());
  }

  /** Scalars of the parameters that pass, running statistics never counted. */
  public long count(Predicate<ParameterSpec> which) {
    return specs.values().stream()
        .filter(s -> s.role() != ParameterSpec.Role.BUFFER)
        .filter(which)
        .mapToLong(ParameterSpec::count)
        .sum();
  }

  /** A deep copy. */
  public ParameterSet copy() {
    ParameterSet out = new ParameterSet();
    specs.values().forEach(s -> out.put(s, values(s.name()).clone()));
    return out;
  }
}
