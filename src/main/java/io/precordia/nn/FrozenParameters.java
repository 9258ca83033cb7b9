package io.precordia.nn;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * Weights on the device for inference. Uploaded once, read by any number of threads, freed with the
 * scope or backend they were created in.
 */
public final class FrozenParameters implements Parameters {
  private final Map<String, Tensor> tensors = new HashMap<>();

  /** Uploads every value of {@code set}. Call it outside any short-lived scope. */
  public FrozenParameters(Ops ops, ParameterSet set) {
    for (ParameterSpec spec : set.specs()) {
      tensors.put(spec.name(), ops.upload(set.values(spec.name()), spec.shape()));
    }
  }

  @Override
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, "the model has no parameter " + name);
    }
    return tensor;
  }
}
