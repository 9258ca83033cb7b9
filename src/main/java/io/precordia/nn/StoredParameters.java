package io.precordia.nn;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.tensor.Ops;
import io.precordia.weights.StoredArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Declared parameters, each with the array of a file that holds its values; no value is read until
 * it is asked for. Immutable and thread-safe.
 */
public final class StoredParameters {
  private final Map<String, StoredArray> arrays = new LinkedHashMap<>();
  private final List<ParameterSpec> specs;

  /**
   * @param arrays in the order of declaration
   * @throws PrecordiaException BAD_WEIGHTS naming an array of another shape than declared, or of
   *     other than real numbers
   */
  public StoredParameters(Map<ParameterSpec, StoredArray> arrays) {
    specs = List.copyOf(arrays.keySet());
    arrays.forEach(
        (spec, array) -> {
          long[] shape = array.entry().shape();
          if (!Arrays.equals(shape, spec.shape())) {
            throw new PrecordiaException(
                ErrorCode.BAD_WEIGHTS,
                spec + " is needed, but the file has the shape " + Arrays.toString(shape));
          }
          array.requireReal();
          this.arrays.put(spec.name(), array);
        });
  }

  /** Declarations in order. */
  public List<ParameterSpec> specs() {
    return specs;
  }

  public boolean contains(String name) {
    return arrays.containsKey(name);
  }

  /**
   * @throws PrecordiaException BAD_WEIGHTS if there is no such parameter
   */
  StoredArray array(String name) {
    StoredArray array = arrays.get(name);
    if (array == null) {
      throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, "the model has no parameter " + name);
    }
    return array;
  }

  /**
   * Reads one parameter to the host.
   *
   * @throws PrecordiaException BAD_WEIGHTS if there is no such parameter or its file changed
   */
  public float[] values(String name) {
    return array(name).floats();
  }

  /**
   * Reads everything to the host, where it can be trained or merged; each call reads anew.
   *
   * @throws PrecordiaException BAD_WEIGHTS if a file changed
   */
  public ParameterSet read() {
    ParameterSet set = new ParameterSet();
    specs.forEach(spec -> set.put(spec, values(spec.name())));
    return set;
  }

  /** The parameters on a device for inference, each uploaded when it is first used. */
  public Parameters on(Ops ops) {
    return new LazyParameters(ops, this);
  }
}
