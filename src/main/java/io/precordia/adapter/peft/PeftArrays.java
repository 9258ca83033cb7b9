package io.precordia.adapter.peft;

import static java.util.stream.Collectors.toSet;

import io.precordia.adapter.Adaptation;
import io.precordia.adapter.Dora;
import io.precordia.adapter.Ia3;
import io.precordia.adapter.LinearSite;
import io.precordia.adapter.Lora;
import io.precordia.adapter.LoraConfig;
import io.precordia.adapter.LowRankSite;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.weights.WeightSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The arrays of an adapter file, brought under the base's names and checked against it. */
final class PeftArrays {
  static final String PREFIX = "base_model.model.";
  private static final List<String> LOW_RANK = List.of("lora_A.weight", "lora_B.weight");
  private static final String MAGNITUDE = "lora_magnitude_vector";
  private static final String IA3 = "ia3_l";

  /** Embedding and head of a language model; without a head of its own the embedding serves. */
  private static final String TIED = "model.embed_tokens.weight";

  private static final String HEAD = "lm_head.weight";

  private final PeftConfig config;
  private final Map<String, ParameterSpec> base = new HashMap<>();
  private final Map<String, LinearSite> layers = new LinkedHashMap<>();
  private final UnaryOperator<String> names;

  /** Layer of the base to its module's name in the file. */
  private final Map<String, String> modules = new LinkedHashMap<>();

  /** Parameter's own name to its name in the file. */
  private final Map<String, String> own = new LinkedHashMap<>();

  private final Map<String, String> replacing = new LinkedHashMap<>();

  PeftArrays(PeftConfig config, Collection<ParameterSpec> base, UnaryOperator<String> names) {
    this.config = config;
    this.names = names;
    base.forEach(s -> this.base.put(s.name(), s));
    LinearSite.all(base).forEach(s -> layers.put(s.path(), s));
  }

  /** Sorts the file's names; throws before any value is read. */
  Adaptation layout(WeightSource source) {
    for (String key : new TreeSet<>(source.names())) {
      sort(key);
    }
    if (modules.isEmpty()) {
      throw bad("the adapter holds no factors at all");
    }
    List<String> strange = modules.keySet().stream().filter(p -> !layers.containsKey(p)).toList();
    if (!strange.isEmpty()) {
      throw bad(
          (strange.size() == modules.size()
                  ? "the adapter was made for another base: none of its layers is in this model"
                  : "the base has no linear layer for " + strange.size() + " of the modules")
              + ", for example "
              + modules.get(strange.getFirst()));
    }
    // A part of the base (a tower, a branch) may have been left out as a whole.
    Set<String> touched = modules.keySet().stream().map(PeftArrays::part).collect(toSet());
    for (LinearSite layer : layers.values()) {
      String path = layer.path();
      if (!config.allLinear()
          && touched.contains(part(path))
          && !modules.containsKey(path)
          && names.apply(path).equals(path)
          && config.adapts(path)) {
        throw bad("the adapter targets " + path + " but holds no factors for it");
      }
    }
    Adaptation adaptation = adaptation();
    for (ParameterSpec spec : adaptation.parameters()) {
      requireShape(source, own.get(spec.name()), spec);
    }
    if (own.size() != adaptation.parameters().size()) {
      throw bad("the file holds arrays that this kind of adapter does not have");
    }
    replacing.forEach(
        (name, key) -> requireShape(source, key, Objects.requireNonNull(base.get(name))));
    return adaptation;
  }

  private static String part(String path) {
    return path.substring(0, Math.max(0, path.indexOf('.')));
  }

  private void sort(String key) {
    if (!key.startsWith(PREFIX)) {
      throw bad("the array " + key + " is not under " + PREFIX);
    }
    String name = key.substring(PREFIX.length());
    // Older releases ended the magnitude with ".weight".
    String plain =
        name.endsWith(MAGNITUDE + ".weight") ? name.substring(0, name.length() - 7) : name;
    for (String kind : List.of(LOW_RANK.get(0), LOW_RANK.get(1), MAGNITUDE, IA3)) {
      if (plain.endsWith("." + kind)) {
        String module = plain.substring(0, plain.length() - kind.length() - 1);
        if (!config.adapts(module)) {
          throw bad(module + " has factors but is none of the target_modules");
        }
        String path = names.apply(module);
        String other = modules.put(path, module);
        if ((other != null && !other.equals(module)) || own.put(path + "." + kind, key) != null) {
          throw bad("two modules of the file are the same layer: " + module);
        }
        return;
      }
    }
    if (name.contains("lora_") || name.contains("ia3_")) {
      throw bad("the array " + key + " is of a kind that this program does not honour");
    }
    int dot = name.lastIndexOf('.');
    String module = name.substring(0, Math.max(0, dot)).replace(".base_layer", "");
    String last = name.substring(dot + 1);
    // PEFT goes by the word: in_proj_bias is a bias too.
    boolean bias = last.endsWith("bias") && config.bias() != LoraConfig.BiasMode.NONE;
    String target = module.isEmpty() ? last : names.apply(module) + "." + last;
    // PEFT adds the weight of an adapted head or embedding to the file.
    boolean inside = name.contains(".base_layer.") && config.adapts(module);
    if (!bias && !inside && !config.saves(module)) {
      throw bad("the array " + key + " belongs to nothing that the adapter says it changes");
    }
    if (!base.containsKey(target)) {
      throw bad("the array " + key + " replaces a parameter that the base does not have");
    }
    if (target.equals(TIED) && !base.containsKey(HEAD)) {
      throw bad(
          "the array "
              + key
              + " replaces the embedding that the base's head is tied to, and would leave the head"
              + " as it was; save both in a base that is not tied");
    }
    if (replacing.put(target, key) != null) {
      throw bad("the file holds " + target + " twice");
    }
  }

  private Adaptation adaptation() {
    List<LowRankSite> sites = new ArrayList<>();
    List<LinearSite> plain = new ArrayList<>();
    layers.forEach(
        (path, layer) -> {
          String module = modules.get(path);
          if (module == null) {
            return;
          }
          plain.add(layer);
          if (config.kind() != PeftConfig.Kind.IA3) {
            int rank = config.rankOf(module);
            if (rank > Math.min(layer.in(), layer.out())) {
              throw bad("the rank " + rank + " at " + module + " is above the layer's width");
            }
            sites.add(new LowRankSite(layer, rank, config.scalingOf(module)));
          }
        });
    return switch (config.kind()) {
      case LORA -> new Lora(sites, config.dropout(), config.bias(), "");
      case DORA -> new Dora(sites, config.dropout(), false, config.bias(), "");
      case IA3 ->
          new Ia3(plain, path -> config.scalesInput(Objects.requireNonNull(modules.get(path))));
    };
  }

  private static void requireShape(WeightSource source, @Nullable String key, ParameterSpec spec) {
    if (key == null) {
      throw bad("the adapter lacks the array for " + spec.name());
    }
    long[] shape = source.entry(key).shape();
    if (!Arrays.equals(shape, spec.shape())) {
      throw bad(
          key
              + " has the shape "
              + Arrays.toString(shape)
              + " where the base and the configuration need "
              + Arrays.toString(spec.shape()));
    }
  }

  /** Whether the file replaces parameters of the base. */
  boolean replaces() {
    return !replacing.isEmpty();
  }

  /** A parameter's name with its module renamed. */
  static String renamed(String name, UnaryOperator<String> names) {
    for (String kind : List.of(LOW_RANK.get(0), LOW_RANK.get(1), MAGNITUDE, IA3)) {
      if (name.endsWith("." + kind)) {
        return names.apply(name.substring(0, name.length() - kind.length() - 1)) + "." + kind;
      }
    }
    int dot = name.lastIndexOf('.');
    return names.apply(name.substring(0, Math.max(0, dot))) + name.substring(dot);
  }

  /** Values of the adapter's own parameters; {@link #layout} comes first. */
  ParameterSet values(WeightSource source, Adaptation adaptation) {
    ParameterSet out = new ParameterSet();
    for (ParameterSpec spec : adaptation.parameters()) {
      out.put(spec, finite(source, Objects.requireNonNull(own.get(spec.name()))));
    }
    return out;
  }

  ParameterSet replaced(WeightSource source) {
    ParameterSet out = new ParameterSet();
    replacedSpecs().forEach(spec -> out.put(spec, replaced(source, spec)));
    return out;
  }

  /** Parameters of the base that the file replaces. */
  List<ParameterSpec> replacedSpecs() {
    return replacing.keySet().stream().map(n -> Objects.requireNonNull(base.get(n))).toList();
  }

  float[] replaced(WeightSource source, ParameterSpec spec) {
    return finite(source, Objects.requireNonNull(replacing.get(spec.name())));
  }

  private static float[] finite(WeightSource source, String key) {
    float[] values = source.floats(key);
    for (float v : values) {
      if (!Float.isFinite(v)) {
        throw bad(key + " holds a value that is not a finite number");
      }
    }
    return values;
  }

  private static PrecordiaException bad(String what) {
    return new PrecordiaException(ErrorCode.BAD_WEIGHTS, "adapter: " + what);
  }
}
