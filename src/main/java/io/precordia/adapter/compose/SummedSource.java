package io.precordia.adapter.compose;

import io.precordia.adapter.bank.AdapterChanges;
import io.precordia.adapter.bank.AdapterSource;
import io.precordia.adapter.bank.LayerChange;
import io.precordia.adapter.bank.LinearChange;
import io.precordia.adapter.bank.LinearChange.Part;
import io.precordia.adapter.bank.ModuleChange;
import io.precordia.adapter.bank.RoutedChange;
import io.precordia.adapter.peft.BaseValues;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The weighted sum of several adapters of a bank as one more adapter. At every layer its output is
 * the base's plus Σ_k w_k·(y_k − base), y_k being that of one adapter alone: exact for LoRA of any
 * ranks, DoRA, (IA)³, trained biases and replaced weights, norms and convolutions, in any mixture,
 * because each of them is linear in what it adds.
 */
public final class SummedSource {
  private SummedSource() {}

  /** One summand. */
  public record Summand(AdapterSource source, double weight) {}

  /** What the summands do to one module, in their order. */
  private record Module(List<Integer> summands, List<ModuleChange> changes) {
    Module() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  /**
   * Known without reading values.
   *
   * @param declared names of the base's parameters
   * @param base values of the base, asked when the sum is loaded
   * @throws PrecordiaException INVALID_ARGUMENT if a summand is a router or replaces running
   *     statistics, which do not add
   */
  public static AdapterSource of(List<Summand> summands, Set<String> declared, BaseValues base) {
    Map<String, Module> modules = new LinkedHashMap<>();
    for (int k = 0; k < summands.size(); k++) {
      for (ModuleChange change : summands.get(k).source().changes()) {
        Module module = modules.computeIfAbsent(change.path(), p -> new Module());
        module.summands().add(k);
        module.changes().add(change);
      }
    }
    Map<String, ModuleChange> sums = new LinkedHashMap<>();
    modules.forEach((path, module) -> sums.put(path, sum(module.changes(), declared)));
    return AdapterSource.ofChanges(
        List.copyOf(sums.values()), () -> load(summands, modules, sums, declared, base));
  }

  private static ModuleChange sum(List<ModuleChange> changes, Set<String> declared) {
    List<LinearChange> linears = new ArrayList<>();
    Map<String, ParameterSpec> replaced = new LinkedHashMap<>();
    for (ModuleChange change : changes) {
      switch (change) {
        case LinearChange linear -> linears.add(linear);
        case LayerChange layer -> {
          for (ParameterSpec spec : layer.arrays()) {
            if (spec.role() == ParameterSpec.Role.BUFFER) {
              throw refused("an adapter that replaces running statistics");
            }
            replaced.put(spec.name(), spec);
          }
        }
        case RoutedChange routed -> throw refused("a router");
      }
    }
    return linears.isEmpty()
        ? new LayerChange(changes.getFirst().path(), List.copyOf(replaced.values()))
        : linear(linears, declared);
  }

  private static LinearChange linear(List<LinearChange> changes, Set<String> declared) {
    LinearChange first = changes.getFirst();
    Set<Part> parts = EnumSet.noneOf(Part.class);
    changes.forEach(c -> parts.addAll(c.parts()));
    if (parts.contains(Part.WEIGHT)
        || (parts.contains(Part.INPUT) && parts.contains(Part.OUTPUT))) {
      boolean shift = parts.contains(Part.SHIFT) || declared.contains(first.layer().bias());
      return new LinearChange(
          first.layer(), 0, 0, shift ? Set.of(Part.WEIGHT, Part.SHIFT) : Set.of(Part.WEIGHT));
    }
    return new LinearChange(
        first.layer(), changes.stream().mapToInt(LinearChange::rank).sum(), 1, parts);
  }

  private static PrecordiaException refused(String what) {
    return new PrecordiaException(
        ErrorCode.INVALID_ARGUMENT, what + " cannot be part of a sum; ask it alone");
  }

  private static AdapterChanges load(
      List<Summand> summands,
      Map<String, Module> modules,
      Map<String, ModuleChange> sums,
      Set<String> declared,
      BaseValues base) {
    List<ParameterSet> read = new ArrayList<>();
    summands.forEach(s -> read.add(s.source().load().values()));
    ParameterSet values = new ParameterSet();
    sums.forEach(
        (path, sum) -> {
          Module module = modules.getOrDefault(path, new Module());
          List<LinearTerm> terms = new ArrayList<>();
          for (int i = 0; i < module.changes().size(); i++) {
            int k = module.summands().get(i);
            double weight = summands.get(k).weight();
            if (module.changes().get(i) instanceof LinearChange linear) {
              terms.add(new LinearTerm(linear, read.get(k), weight));
            } else {
              replace(values, module.changes().get(i), read.get(k), weight, base);
            }
          }
          if (sum instanceof LinearChange linear) {
            new LinearSum(linear, terms, declared.contains(linear.layer().bias()), base)
                .put(values);
          }
        });
    return new AdapterChanges(List.copyOf(sums.values()), values);
  }

  /** p + Σ w·(p_k − p), one summand after another. */
  private static void replace(
      ParameterSet values, ModuleChange change, ParameterSet own, double weight, BaseValues base) {
    for (ParameterSpec spec : change.arrays()) {
      float[] before = base.of(spec.name());
      if (!values.contains(spec.name())) {
        values.put(spec, before.clone());
      }
      float[] sum = values.values(spec.name());
      float[] after = own.values(spec.name());
      for (int i = 0; i < sum.length; i++) {
        sum[i] += (float) (weight * (after[i] - (double) before[i]));
      }
    }
  }
}
