package io.precordia.adapter.peft;

import io.precordia.adapter.Dora;
import io.precordia.adapter.Ia3;
import io.precordia.adapter.LinearSite;
import io.precordia.adapter.LowRankSite;
import io.precordia.adapter.bank.AdapterChanges;
import io.precordia.adapter.bank.LayerChange;
import io.precordia.adapter.bank.LinearChange;
import io.precordia.adapter.bank.LinearChange.Part;
import io.precordia.adapter.bank.ModuleChange;
import io.precordia.adapter.bank.RoutedChange;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values behind the changes of a PEFT adapter. What depends on the base (the length of DoRA's
 * directions, the distance of a trained bias from the base's) is computed here, once for each
 * loading.
 */
record ChangeValues(PeftAdapter adapter, BaseValues base) {
  /** Below this squared norm a direction counts as zero, as in {@link Dora}. */
  private static final double ZERO = 1e-30;

  AdapterChanges of(List<ModuleChange> changes) {
    ParameterSet values = new ParameterSet();
    for (ModuleChange change : changes) {
      switch (change) {
        case LinearChange linear -> linear.arrays().forEach(s -> values.put(s, value(linear, s)));
        case RoutedChange routed ->
            throw new IllegalArgumentException("a PEFT folder routes nothing: " + routed.path());
        case LayerChange layer -> layer.arrays().forEach(s -> values.put(s, own(s.name())));
      }
    }
    return new AdapterChanges(changes, values);
  }

  private float[] own(String name) {
    return adapter.replaced().values(name);
  }

  private float[] value(LinearChange change, ParameterSpec spec) {
    String name = spec.name();
    if (name.equals(change.name(Part.WEIGHT))) {
      return own(name);
    }
    if (name.equals(change.name(Part.INPUT))) {
      return factors(change.layer());
    }
    if (name.equals(change.name(Part.OUTPUT))) {
      return output(change);
    }
    return name.equals(change.name(Part.SHIFT)) ? shift(change) : adapter.values().values(name);
  }

  private float[] factors(LinearSite layer) {
    return adapter.values().values(Ia3.name(layer));
  }

  private float[] output(LinearChange change) {
    return adapter.adaptation() instanceof Dora ? gain(change) : factors(change.layer());
  }

  /** m/‖W + s·B·A‖ of each output. */
  private float[] gain(LinearChange change) {
    LowRankSite site = change.factors();
    float[] weight =
        change.has(Part.WEIGHT) ? own(change.layer().weight()) : base.of(change.layer().weight());
    float[] magnitude = adapter.values().values(Dora.magnitude(site));
    float[] out = new float[magnitude.length];
    for (int o = 0; o < out.length; o++) {
      double[] v = site.deltaRow(adapter.values(), o);
      double sum = ZERO;
      for (int i = 0; i < v.length; i++) {
        double w = v[i] + weight[o * v.length + i];
        sum += w * w;
      }
      out[o] = (float) (magnitude[o] / Math.sqrt(sum));
    }
    return out;
  }

  /** What is added last, so that the output has the adapter's bias instead of the one inside it. */
  private float[] shift(LinearChange change) {
    String name = change.layer().bias();
    float[] before = base.of(name);
    float[] after = adapter.replaced().contains(name) ? own(name) : before;
    float @Nullable [] scale = change.has(Part.OUTPUT) ? output(change) : null;
    boolean scalesBias = adapter.adaptation() instanceof Ia3;
    float[] out = new float[before.length];
    for (int o = 0; o < out.length; o++) {
      double factor = scale == null ? 1 : scale[o];
      double inside = change.has(Part.WEIGHT) ? 0 : factor * before[o];
      out[o] = (float) ((scalesBias ? factor : 1) * after[o] - inside);
    }
    return out;
  }
}
