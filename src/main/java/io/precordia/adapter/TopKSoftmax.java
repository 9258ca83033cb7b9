package io.precordia.adapter;

import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Softmax over the k largest of the last axis, per position; ties go to the lower index. */
public final class TopKSoftmax {
  private TopKSoftmax() {}

  /**
   * softmax(logits/T) over the k largest, 0 elsewhere; differentiable in the kept logits. The
   * choice is made on the host, which waits for the device.
   *
   * @param logits [n, …, N]
   * @param k 1 to N; N keeps all
   */
  public static Tensor weights(Ops ops, Tensor logits, int k, double temperature) {
    Tensor warm = ops.affine(logits, 1 / temperature, 0);
    return ops.softmax(k >= logits.size(-1) ? warm : ops.add(warm, mask(ops, logits, k, true)));
  }

  /** Logits themselves where they are among the k largest, 0 elsewhere. */
  public static Tensor kept(Ops ops, Tensor logits, int k) {
    return k >= logits.size(-1) ? logits : ops.multiply(logits, mask(ops, logits, k, false));
  }

  private static Tensor mask(Ops ops, Tensor logits, int k, boolean additive) {
    int width = Math.toIntExact(logits.size(-1));
    if (k < 1) {
      throw new IllegalArgumentException("top-k: k is at least 1");
    }
    float[] values = ops.download(logits);
    float[] mask = new float[values.length];
    java.util.Arrays.fill(mask, additive ? Float.NEGATIVE_INFINITY : 0);
    for (int row = 0; row < values.length; row += width) {
      int at = row;
      IntStream.range(0, width)
          .boxed()
          .sorted(Comparator.comparingDouble((Integer i) -> -values[at + i]))
          .limit(k)
          .forEach(i -> mask[at + i] = additive ? 0 : 1);
    }
    return ops.upload(mask, logits.shape());
  }
}
