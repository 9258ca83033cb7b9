package io.precordia.nn;

import java.util.stream.IntStream;

/**
 * DropKey ratios over the blocks of an encoder (Li et al., CVPR 2023; MoRE's "linear attention
 * dropping").
 *
 * @param first ratio of the first block, in [0, 1)
 * @param last ratio of the last block, in [0, 1); equal to {@code first} for a constant ratio, 0
 *     for the decreasing schedule
 */
public record DropKey(double first, double last) {
  /** No key is ever dropped. */
  public static final DropKey OFF = new DropKey(0, 0);

  public DropKey {
    if (!(first >= 0 && first < 1 && last >= 0 && last < 1)) {
      throw new IllegalArgumentException("DropKey ratios must lie in [0, 1)");
    }
  }

  public static DropKey constant(double ratio) {
    return new DropKey(ratio, ratio);
  }

  /** From {@code ratio} in the first block linearly to exactly 0 in the last. */
  public static DropKey decreasing(double ratio) {
    return new DropKey(ratio, 0);
  }

  /** Ratio of each of {@code depth} blocks. */
  public double[] ratios(int depth) {
    return IntStream.range(0, depth)
        .mapToDouble(
            i ->
                depth == 1
                    ? first
                    : i == depth - 1 ? last : first + (last - first) * i / (depth - 1))
        .toArray();
  }
}
