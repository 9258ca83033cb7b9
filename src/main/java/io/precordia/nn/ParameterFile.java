package io.precordia.nn;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.weights.ElementType;
import io.precordia.weights.HostArray;
import io.precordia.weights.SafetensorsWriter;
import io.precordia.weights.WeightSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Parameter sets as safetensors. Loading is strict: every declared array must be there in its
 * shape, and nothing else.
 */
public final class ParameterFile {
  private ParameterFile() {}

  /** Writes a set atomically, as F32 or F16. */
  public static void save(
      ParameterSet set, Path file, ElementType type, Map<String, String> metadata) {
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    for (ParameterSpec spec : set.specs()) {
      arrays.put(spec.name(), new HostArray(spec.shape(), set.values(spec.name())));
    }
    SafetensorsWriter.write(file, arrays, type, metadata);
  }

  /**
   * Reads the declared parameters.
   *
   * @throws PrecordiaException BAD_WEIGHTS if one is missing, has another shape, or an undeclared
   *     one is present
   */
  public static ParameterSet load(WeightSource source, Collection<ParameterSpec> declared) {
    ParameterSet set = new ParameterSet();
    Set<String> unexpected = new HashSet<>(source.names());
    for (ParameterSpec spec : declared) {
      if (!unexpected.remove(spec.name())) {
        throw new PrecordiaException(
            ErrorCode.BAD_WEIGHTS, "the weights lack the array " + spec.name());
      }
      long[] shape = source.entry(spec.name()).shape();
      if (!Arrays.equals(shape, spec.shape())) {
        throw new PrecordiaException(
            ErrorCode.BAD_WEIGHTS,
            spec + " is needed, but the file has the shape " + Arrays.toString(shape));
      }
      set.put(spec, source.floats(spec.name()));
    }
    if (!unexpected.isEmpty()) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          "the weights hold " + unexpected.size() + " arrays that the model does not know");
    }
    return set;
  }

  /** Reads the declared parameters of a file or model folder. */
  public static ParameterSet load(Path path, Collection<ParameterSpec> declared) {
    try (WeightSource source = WeightSource.open(path)) {
      return load(source, declared);
    }
  }
}
