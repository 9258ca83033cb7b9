package io.precordia.nn;

import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.util.Arrays;
import java.util.Set;

/** Continues one sequence by its most probable token, step by step. */
public final class GreedyDecoding {
  private GreedyDecoding() {}

  /** A decoder that remembers what it has read. */
  @FunctionalInterface
  public interface Step {
    /** Reads further tokens and gives the logits [1, vocabulary] of the one that follows. */
    Tensor logits(int[] tokens);
  }

  /**
   * @param prompt read in one pass; at least one token
   * @param maxNew most tokens to add
   * @param stop tokens behind which nothing is added
   * @return the new tokens only, with the one that stopped it
   */
  public static int[] run(Ops ops, int[] prompt, int maxNew, Set<Integer> stop, Step step) {
    int[] out = new int[maxNew];
    int[] unread = prompt;
    for (int i = 0; i < maxNew; i++) {
      try (Scope scope = ops.scope()) {
        out[i] = ops.downloadInts(ops.argmax(step.logits(unread)))[0];
      }
      if (stop.contains(out[i])) {
        return Arrays.copyOf(out, i + 1);
      }
      unread = new int[] {out[i]};
    }
    return out;
  }
}
