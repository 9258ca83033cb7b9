package io.precordia.adapter.compose;

import io.precordia.adapter.bank.LinearChange;
import io.precordia.adapter.bank.LinearChange.Part;
import io.precordia.adapter.peft.BaseValues;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * Values of the sum of changes of one linear layer. As factors: O = 1 + Σ w(o_k − 1) and I = 1 + Σ
 * w(i_k − 1), B and A being divided by what is multiplied back; or, where changes of weights, or of
 * inputs and outputs, meet, as a whole weight W + Σ w(W_k − W).
 *
 * @param biased whether the base's layer has a bias
 */
record LinearSum(LinearChange sum, List<LinearTerm> terms, boolean biased, BaseValues base) {
  /**
   * Smallest factor, so that one of 0 can be divided by; it lets 1e-6 of the base's output through.
   */
  private static final double LEAST = 1e-6;

  void put(ParameterSet values) {
    for (ParameterSpec spec : sum.arrays()) {
      values.put(spec, value(spec));
    }
  }

  private float[] value(ParameterSpec spec) {
    String name = spec.name();
    if (name.equals(sum.name(Part.WEIGHT))) {
      return weight();
    }
    if (name.equals(sum.name(Part.INPUT))) {
      return filled(sum.layer().in(), this::input);
    }
    if (name.equals(sum.name(Part.OUTPUT))) {
      return filled(sum.layer().out(), this::output);
    }
    if (name.equals(sum.name(Part.SHIFT))) {
      return shift();
    }
    return name.equals(sum.factors().down()) ? down() : up();
  }

  private static float[] filled(int n, IntToDoubleFunction value) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) value.applyAsDouble(i);
    }
    return out;
  }

  private double total(ToDoubleFunction<LinearTerm> value) {
    return terms.stream().mapToDouble(t -> t.weight() * value.applyAsDouble(t)).sum();
  }

  private double output(int o) {
    return nonZero(1 + total(t -> t.output(o) - 1));
  }

  private double input(int i) {
    return nonZero(1 + total(t -> t.input(i) - 1));
  }

  private static double nonZero(double factor) {
    return Math.abs(factor) < LEAST ? Math.copySign(LEAST, factor) : factor;
  }

  private float[] shift() {
    int out = sum.layer().out();
    if (!sum.has(Part.WEIGHT)) {
      return filled(out, o -> total(t -> t.shift(o)));
    }
    float[] own = biased ? base.of(sum.layer().bias()) : new float[out];
    return filled(out, o -> own[o] + total(t -> t.bias(o, own[o]) - own[o]));
  }

  private float[] weight() {
    int in = sum.layer().in();
    float[] own = base.of(sum.layer().weight());
    float[] out = new float[own.length];
    for (int o = 0; o < sum.layer().out(); o++) {
      double[] row = new double[in];
      for (LinearTerm term : terms) {
        double[] one = term.row(o, own);
        for (int i = 0; i < in; i++) {
          row[i] += term.weight() * (one[i] - own[o * in + i]);
        }
      }
      for (int i = 0; i < in; i++) {
        out[o * in + i] = (float) (own[o * in + i] + row[i]);
      }
    }
    return out;
  }

  private float[] down() {
    int in = sum.layer().in();
    float[] out = new float[sum.rank() * in];
    boolean scaled = sum.has(Part.INPUT);
    int at = 0;
    for (LinearTerm term : terms) {
      for (int r = 0; r < term.change().rank(); r++, at++) {
        for (int i = 0; i < in; i++) {
          // A term scales its own input; what all terms together scale is divided out.
          out[at * in + i] = (float) (term.down(r, i) * (scaled ? term.input(i) / input(i) : 1));
        }
      }
    }
    return out;
  }

  private float[] up() {
    int rank = sum.rank();
    float[] out = new float[sum.layer().out() * rank];
    boolean scaled = sum.has(Part.OUTPUT);
    int at = 0;
    for (LinearTerm term : terms) {
      for (int r = 0; r < term.change().rank(); r++, at++) {
        for (int o = 0; o < sum.layer().out(); o++) {
          out[o * rank + at] =
              (float) (term.weight() * term.up(o, r) * (scaled ? term.output(o) / output(o) : 1));
        }
      }
    }
    return out;
  }
}
