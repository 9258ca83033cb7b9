package io.precordia.adapter.peft;

import io.precordia.adapter.Adaptation;
import io.precordia.adapter.Dora;
import io.precordia.adapter.Ia3;
import io.precordia.adapter.LinearSite;
import io.precordia.adapter.Lora;
import io.precordia.adapter.LowRankSite;
import io.precordia.adapter.bank.LayerChange;
import io.precordia.adapter.bank.LinearChange;
import io.precordia.adapter.bank.LinearChange.Part;
import io.precordia.adapter.bank.ModuleChange;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.ParameterSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Which modules of the base a PEFT adapter changes, and how, known without its values. */
final class PeftChanges {
  private final Map<String, LinearSite> linears = new LinkedHashMap<>();
  private final Set<String> declared = new HashSet<>();
  private final Map<String, LowRankSite> sites = new LinkedHashMap<>();
  private final Map<String, Boolean> scaledInput = new LinkedHashMap<>();
  private final boolean dora;
  private final Map<String, ParameterSpec> replaced = new LinkedHashMap<>();

  PeftChanges(
      Adaptation adaptation,
      Collection<ParameterSpec> replaced,
      Collection<ParameterSpec> declared) {
    LinearSite.all(declared).forEach(s -> linears.put(s.path(), s));
    declared.forEach(s -> this.declared.add(s.name()));
    replaced.forEach(s -> this.replaced.put(s.name(), s));
    this.dora = adaptation instanceof Dora;
    switch (adaptation) {
      case Lora l -> l.sites().forEach(s -> sites.put(s.path(), s));
      case Dora d -> d.sites().forEach(s -> sites.put(s.path(), s));
      case Ia3 i -> i.sites().forEach(s -> scaledInput.put(s.path(), i.scalesInput(s.path())));
      default -> throw new IllegalArgumentException("no method of PEFT: " + adaptation);
    }
  }

  /**
   * @param unchanged whether a replaced parameter is as the base's; asked only of what rows cannot
   *     have of their own, and such a copy is left out
   * @throws PrecordiaException BAD_WEIGHTS naming a parameter that rows cannot have of their own
   */
  List<ModuleChange> list(Predicate<ParameterSpec> unchanged) {
    Set<String> paths = new LinkedHashSet<>(sites.keySet());
    paths.addAll(scaledInput.keySet());
    Map<String, List<ParameterSpec>> layers = new LinkedHashMap<>();
    for (ParameterSpec spec : replaced.values()) {
      String path = spec.name().substring(0, Math.max(0, spec.name().lastIndexOf('.')));
      if (linears.containsKey(path)) {
        paths.add(path);
      } else if (byRow(spec)) {
        layers.computeIfAbsent(path, p -> new ArrayList<>()).add(spec);
      } else if (!unchanged.test(spec)) {
        throw refused(spec);
      }
    }
    List<ModuleChange> out = new ArrayList<>();
    linears.values().stream()
        .filter(s -> paths.contains(s.path()))
        .map(this::linear)
        .forEach(out::add);
    layers.forEach((path, specs) -> out.add(new LayerChange(path, specs)));
    return out;
  }

  private static boolean byRow(ParameterSpec spec) {
    return switch (spec.role()) {
      case WEIGHT, BIAS, GAIN, BUFFER -> true;
      case EMBEDDING, SCALAR -> false;
    };
  }

  private static PrecordiaException refused(ParameterSpec spec) {
    return new PrecordiaException(
        ErrorCode.BAD_WEIGHTS,
        "adapter: it replaces "
            + spec.name()
            + ", an embedding or scalar, which rows of a batch cannot have of their own; linear"
            + " layers, norms and convolutions can be replaced. Train it without that module");
  }

  private LinearChange linear(LinearSite layer) {
    LowRankSite site = sites.get(layer.path());
    Boolean input = scaledInput.get(layer.path());
    boolean weight = replaced.containsKey(layer.weight());
    boolean decomposed = dora && site != null;
    Set<Part> parts = EnumSet.noneOf(Part.class);
    if (input != null) {
      parts.add(input ? Part.INPUT : Part.OUTPUT);
    }
    if (decomposed) {
      parts.add(Part.OUTPUT);
    }
    if (weight) {
      parts.add(Part.WEIGHT);
    }
    if (declared.contains(layer.bias())
        && (decomposed || weight || replaced.containsKey(layer.bias()))) {
      parts.add(Part.SHIFT);
    }
    return site == null
        ? new LinearChange(layer, 0, 0, parts)
        : new LinearChange(layer, site.rank(), site.scaling(), parts);
  }
}
