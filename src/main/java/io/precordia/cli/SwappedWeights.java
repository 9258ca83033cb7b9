package io.precordia.cli;

import io.precordia.adapter.LowRankAdapter;
import io.precordia.adapter.LowRankSite;
import io.precordia.nn.Parameters;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * The base with one adapter merged into it, W + s·B·A, as a server without a bank holds it. The
 * merged weights live in the scope they are made in; restoring the base is to drop them, which is
 * less than such a server does that subtracts again or reads the base anew.
 */
final class SwappedWeights implements Parameters {
  private final Parameters base;
  private final Map<String, Tensor> merged = new HashMap<>();

  SwappedWeights(Ops ops, Parameters base, LowRankAdapter adapter) {
    this.base = base;
    for (LowRankSite site : adapter.sites()) {
      int in = site.layer().in();
      int out = site.layer().out();
      Tensor down = ops.upload(adapter.values().values(site.down()), site.rank(), in);
      Tensor up = ops.upload(adapter.values().values(site.up()), out, site.rank());
      String weight = site.path() + ".weight";
      Tensor change = ops.matmul(ops.affine(up, site.scaling(), 0), down, false);
      merged.put(weight, ops.add(base.get(weight), change));
    }
  }

  @Override
  public Tensor get(String name) {
    Tensor own = merged.get(name);
    return own == null ? base.get(name) : own;
  }
}
