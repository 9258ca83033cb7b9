package io.precordia.model.hub;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.StoredParameters;
import io.precordia.weights.StoredArray;
import io.precordia.weights.WeightSource;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The weights of a hub folder, strictly: every declared array must be there in its shape, and
 * nothing else but what the reader of the architecture says is of no use to it.
 */
public final class HubWeights {
  private static final int NAMED = 3;

  private HubWeights() {}

  /**
   * {@link #open} with all values read to the host.
   *
   * @throws PrecordiaException as {@link #open}
   */
  public static ParameterSet load(
      Path folder,
      Collection<ParameterSpec> declared,
      UnaryOperator<String> rename,
      Predicate<String> useless) {
    return open(folder, declared, rename, useless).read();
  }

  /**
   * Matches declarations and arrays by the headers of the files alone; values are read later.
   *
   * @param declared parameters of the model
   * @param rename name in the file to name of the parameter: prefixes of wrapper classes, other
   *     releases' names
   * @param useless renamed arrays that the architecture does not use (heads of the training task,
   *     position id buffers)
   * @throws PrecordiaException BAD_WEIGHTS naming the arrays that are missing, misshapen, unknown
   *     or no real numbers
   */
  public static StoredParameters open(
      Path folder,
      Collection<ParameterSpec> declared,
      UnaryOperator<String> rename,
      Predicate<String> useless) {
    try (WeightSource source = WeightSource.open(folder)) {
      Map<String, String> names = new HashMap<>();
      for (String name : source.names()) {
        String own = rename.apply(name);
        if (names.put(own, name) != null) {
          throw new PrecordiaException(
              ErrorCode.BAD_WEIGHTS, "the weights hold " + own + " under two names");
        }
      }
      Map<ParameterSpec, StoredArray> found = new LinkedHashMap<>();
      TreeSet<String> missing = new TreeSet<>();
      for (ParameterSpec spec : declared) {
        String name = names.remove(spec.name());
        if (name == null) {
          missing.add(spec.name());
        } else {
          found.put(spec, source.stored(name));
        }
      }
      StoredParameters matched = new StoredParameters(found);
      if (!missing.isEmpty()) {
        throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, "the weights lack " + named(missing));
      }
      names.keySet().removeIf(useless);
      if (!names.isEmpty()) {
        throw new PrecordiaException(
            ErrorCode.BAD_WEIGHTS,
            "the model does not know these arrays of the file: " + named(names.values()));
      }
      return matched;
    }
  }

  /** Names of the arrays in a folder, renamed: for parts that a file may or may not have. */
  public static Set<String> names(Path folder, UnaryOperator<String> rename) {
    try (WeightSource source = WeightSource.open(folder)) {
      return source.names().stream().map(rename).collect(Collectors.toSet());
    }
  }

  private static String named(Collection<String> names) {
    List<String> sorted = names.stream().sorted().toList();
    return String.join(", ", sorted.subList(0, Math.min(NAMED, sorted.size())))
        + (sorted.size() > NAMED ? " and " + (sorted.size() - NAMED) + " more" : "");
  }
}
