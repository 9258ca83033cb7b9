package io.precordia.model.parity;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.Scope;
import io.precordia.weights.HostArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs golden folders and compares: 1e-4 relative for outputs, 1e-3 for gradients, exact tokens.
 *
 * <p>The error of a gradient is taken relative to at least {@value #NOISE} of the folder's largest
 * gradient. Some gradients are zero in exact arithmetic (of a key projection's bias, which shifts
 * all logits of a query alike and so drops out of the softmax); the reference holds rounding noise
 * there, to which no other program can be close in proportion.
 */
public final class Parity {
  private static final double OUTPUT = 1e-4;
  private static final double GRADIENT = 1e-3;
  private static final double NOISE = 1e-5;

  private final List<Replay> replays;

  public Parity(List<Replay> replays) {
    this.replays = List.copyOf(replays);
  }

  /**
   * One deviation per reference output.
   *
   * @throws PrecordiaException UNSUPPORTED_FORMAT if nothing here replays the folder
   */
  public List<Deviation> check(Path folder, DifferentiableOps ops) {
    try (Golden golden = Golden.open(folder)) {
      Replay replay =
          replays.stream()
              .filter(r -> r.replays(golden))
              .findFirst()
              .orElseThrow(
                  () ->
                      new PrecordiaException(
                          ErrorCode.UNSUPPORTED_FORMAT,
                          folder + ": no replay for the class '" + golden.model() + "'"));
      try (Scope scope = ops.scope()) {
        Map<String, Replayed> computed = replay.run(golden, ops);
        List<Deviation> out = new ArrayList<>();
        double noise = NOISE * largestGradient(golden);
        for (String name : golden.wanted()) {
          boolean gradient = isGradient(name);
          double limit = golden.exact(name) ? 0 : gradient ? GRADIENT : OUTPUT;
          double least = gradient ? noise : 0;
          out.add(new Deviation(name, error(golden, name, computed.get(name), least), limit));
        }
        return out;
      }
    }
  }

  private static boolean isGradient(String name) {
    return name.contains("grad");
  }

  private static double largestGradient(Golden golden) {
    double largest = 0;
    for (String name : golden.wanted()) {
      if (isGradient(name)) {
        double sum = 0;
        for (float v : golden.expected(name).values()) {
          sum += (double) v * v;
        }
        largest = Math.max(largest, Math.sqrt(sum));
      }
    }
    return largest;
  }

  private static double error(
      Golden golden, String name, @Nullable Replayed computed, double leastNorm) {
    HostArray expected = golden.expected(name);
    if (computed == null || !Arrays.equals(computed.values().shape(), expected.shape())) {
      return Double.POSITIVE_INFINITY;
    }
    float[] a = computed.values().values();
    float[] b = expected.values();
    boolean[] counted = computed.counted();
    int width = counted == null ? 1 : b.length / counted.length;
    double difference = 0;
    double norm = 0;
    long unequal = 0;
    for (int i = 0; i < b.length; i++) {
      if (counted != null && !counted[i / width]) {
        continue;
      }
      if (!Float.isFinite(a[i])) {
        return Double.POSITIVE_INFINITY;
      }
      double d = (double) a[i] - b[i];
      difference += d * d;
      norm += (double) b[i] * b[i];
      unequal += a[i] == b[i] ? 0 : 1;
    }
    if (golden.exact(name)) {
      return (double) unequal / b.length;
    }
    return difference == 0 ? 0 : Math.sqrt(difference) / Math.max(Math.sqrt(norm), leastNorm);
  }
}
