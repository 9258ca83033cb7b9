package io.precordia.adapter.router;

import io.precordia.adapter.LinearSite;
import io.precordia.adapter.bank.AdapterSource;
import io.precordia.adapter.bank.RoutedChange;
import io.precordia.adapter.compose.RoutedSource;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.ParameterSpec;
import io.precordia.weights.SafetensorsFile;
import io.precordia.weights.WeightSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A router on disk: {@code router.json}, which names its members by digest, and {@code
 * router.safetensors} with the gates ({@code module.meteora_gate.weight} [members, in] for every
 * layer that a member changes) or the classifier.
 */
public final class RouterFolder {
  /** Name of the weights. */
  public static final String WEIGHTS = "router.safetensors";

  private static final String GATE = ".meteora_gate.weight";
  private static final String PREFIX = "base_model.model.";

  private RouterFolder() {}

  /** Whether a folder holds a router. */
  public static boolean is(Path folder) {
    return Files.isRegularFile(folder.resolve(RouterConfigFile.NAME));
  }

  /** The configuration alone. */
  public static RouterConfig config(Path folder) {
    try {
      return RouterConfigFile.read(Files.readAllBytes(folder.resolve(RouterConfigFile.NAME)));
    } catch (IOException e) {
      throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, "router: router.json is absent", e);
    }
  }

  /**
   * Reads and checks a folder against its base and members.
   *
   * @param names module name in the file to path in the base
   * @param members source of the adapter with a digest
   * @throws PrecordiaException BAD_WEIGHTS naming what does not fit; NOT_FOUND for an unknown
   *     member
   */
  public static Router read(
      Path folder,
      Collection<ParameterSpec> base,
      UnaryOperator<String> names,
      Function<String, AdapterSource> members) {
    RouterConfig config = config(folder);
    List<AdapterSource> sources = new ArrayList<>();
    for (RouterConfig.Member member : config.members()) {
      sources.add(members.apply(member.sha256()));
    }
    List<LinearSite> layers = RoutedSource.layers(sources, LinearSite.all(base));
    try (WeightSource weights = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
      return switch (config.rule()) {
        case RouterConfig.Meteora meteora -> {
          Map<String, float[]> gates = gates(weights, layers, sources.size(), names);
          yield new Router(
              config,
              RoutedSource.of(
                  sources,
                  layers,
                  meteora.gate(),
                  layer -> gates.getOrDefault(layer.path(), new float[0])),
              null,
              layers);
        }
        case RouterConfig.XLora xlora ->
            new Router(
                config,
                RoutedSource.of(sources, layers, null, layer -> new float[0]),
                XLoraClassifier.read(
                    weights,
                    sources.size() * (xlora.layerwise() ? layers.size() : 1),
                    xlora.activated()),
                layers);
      };
    }
  }

  private static Map<String, float[]> gates(
      WeightSource source, List<LinearSite> layers, int members, UnaryOperator<String> names) {
    Map<String, String> found = new TreeMap<>();
    for (String name : source.names()) {
      if (!name.endsWith(GATE)) {
        throw bad(name, "is no gate; gates are called MODULE" + GATE);
      }
      String module = name.substring(0, name.length() - GATE.length());
      String path =
          names.apply(module.startsWith(PREFIX) ? module.substring(PREFIX.length()) : module);
      if (found.put(path, name) != null) {
        throw bad(name, "is there twice");
      }
    }
    Map<String, float[]> out = new TreeMap<>();
    for (LinearSite layer : layers) {
      @Nullable String name = found.remove(layer.path());
      if (name == null) {
        throw new PrecordiaException(
            ErrorCode.BAD_WEIGHTS,
            "router: a member changes " + layer.path() + ", but there is no gate for it");
      }
      long[] needed = RoutedChange.gateSpec(layer, members).shape();
      if (!Arrays.equals(source.entry(name).shape(), needed)) {
        throw bad(
            name,
            "has the shape "
                + Arrays.toString(source.entry(name).shape())
                + " where the base and the members need "
                + Arrays.toString(needed));
      }
      out.put(layer.path(), finite(source, name));
    }
    if (!found.isEmpty()) {
      throw bad(found.values().iterator().next(), "gates a layer that no member changes");
    }
    return out;
  }

  static float[] finite(WeightSource source, String name) {
    float[] values = source.floats(name);
    for (float v : values) {
      if (!Float.isFinite(v)) {
        throw bad(name, "holds a value that is not a finite number");
      }
    }
    return values;
  }

  private static PrecordiaException bad(String name, String why) {
    return new PrecordiaException(ErrorCode.BAD_WEIGHTS, "router: the array " + name + " " + why);
  }
}
