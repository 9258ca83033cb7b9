package io.precordia.adapter;

import io.precordia.nn.Adapters;
import io.precordia.nn.Block;
import io.precordia.nn.FeedForward;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.Layer;
import io.precordia.nn.LayerNorm;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.SelfAttention;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Two transformer blocks of width 8, big enough for every adapter and small enough for loops. */
public final class TinyNet implements Layer {
  public static final int WIDTH = 8;
  public static final int HIDDEN = 12;

  private final List<Block> blocks = IntStream.range(0, 2).mapToObj(TinyNet::block).toList();

  private static Block block(int i) {
    String path = "blocks." + i;
    return new Block(
        new SelfAttention(path + ".attention", WIDTH, 2, false, true, 0),
        new FeedForward(path + ".mlp", WIDTH, HIDDEN),
        new LayerNorm(path + ".norm1", WIDTH, 1e-6),
        new LayerNorm(path + ".norm2", WIDTH, 1e-6),
        true);
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    blocks.forEach(b -> b.declare(sink));
  }

  public Tensor apply(Forward f, Tensor x) {
    Tensor out = x;
    for (Block block : blocks) {
      out = block.apply(f, out, null);
    }
    return out;
  }

  /** Values of ordinary size everywhere, biases too. */
  public ParameterSet random(long seed) {
    return randomised(ParameterSet.initial(parameters(), seed), seed, s -> true);
  }

  /** A deep copy in which the chosen parameters are drawn anew around their start. */
  public static ParameterSet randomised(
      ParameterSet set, long seed, java.util.function.Predicate<ParameterSpec> which) {
    ParameterSet out = set.copy();
    Random random = new Random(seed);
    for (ParameterSpec spec : out.specs()) {
      float[] values = out.values(spec.name());
      for (int i = 0; i < values.length && which.test(spec); i++) {
        values[i] += (float) (0.3 * random.nextGaussian());
      }
    }
    return out;
  }

  /** [n, 3, 8]. */
  public static Tensor input(Ops ops, int n, long seed) {
    Random random = new Random(seed);
    float[] x = new float[n * 3 * WIDTH];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return ops.upload(x, n, 3, WIDTH);
  }

  public float[] evaluate(Ops ops, ParameterSet set, Adapters adapters, int n, long seed) {
    try (Scope scope = ops.scope()) {
      Forward f = Forward.evaluation(ops, new FrozenParameters(ops, set), adapters);
      return ops.download(apply(f, input(ops, n, seed)));
    }
  }
}
