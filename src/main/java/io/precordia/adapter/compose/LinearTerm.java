package io.precordia.adapter.compose;

import io.precordia.adapter.LowRankSite;
import io.precordia.adapter.bank.LinearChange;
import io.precordia.adapter.bank.LinearChange.Part;
import io.precordia.nn.ParameterSet;

/** One adapter's change of a linear layer as a summand; what it lacks counts as the base's. */
record LinearTerm(LinearChange change, ParameterSet values, double weight) {
  private double part(Part part, int i, double orElse) {
    return change.has(part) ? values.values(change.name(part))[i] : orElse;
  }

  /** Factor of input {@code i}. */
  double input(int i) {
    return part(Part.INPUT, i, 1);
  }

  /** Factor of output {@code o}. */
  double output(int o) {
    return part(Part.OUTPUT, o, 1);
  }

  /** What is added to output {@code o} last. */
  double shift(int o) {
    return part(Part.SHIFT, o, 0);
  }

  /** Bias of the whole layer under this change alone, {@code own} being the base's. */
  double bias(int o, double own) {
    return (change.has(Part.WEIGHT) ? 0 : output(o) * own) + shift(o);
  }

  /** Row {@code o} of the whole weight under this change alone. */
  double[] row(int o, float[] base) {
    int in = change.layer().in();
    float[] weight = change.has(Part.WEIGHT) ? values.values(change.name(Part.WEIGHT)) : base;
    double[] row = change.rank() == 0 ? new double[in] : change.factors().deltaRow(values, o);
    for (int i = 0; i < in; i++) {
      row[i] = output(o) * (weight[o * in + i] + row[i]) * input(i);
    }
    return row;
  }

  /** Element of A. */
  double down(int r, int i) {
    LowRankSite site = change.factors();
    return values.values(site.down())[r * change.layer().in() + i];
  }

  /** Element of B with the scaling. */
  double up(int o, int r) {
    LowRankSite site = change.factors();
    return change.scaling() * values.values(site.up())[o * change.rank() + r];
  }
}
