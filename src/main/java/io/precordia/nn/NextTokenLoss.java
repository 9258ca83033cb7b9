package io.precordia.nn;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * Cross-entropy of every token given those before it: logits at position i against the label at i +
 * 1, averaged over all labels that are not {@link #IGNORED}.
 */
public final class NextTokenLoss {
  /** Label of a position that does not count. */
  public static final int IGNORED = -100;

  private NextTokenLoss() {}

  /**
   * @param logits [n, tokens, vocabulary]
   * @param labels n rows of as many labels
   * @param smoothing weight ε of the uniform distribution in the target, 0 for none
   * @return a scalar
   * @throws PrecordiaException INVALID_ARGUMENT if shapes differ, a label is no token, or none
   *     counts
   */
  public static Tensor of(Ops ops, Tensor logits, TokenRows labels, double smoothing) {
    long vocabulary = logits.size(2);
    if (logits.size(0) != labels.rows() || logits.size(1) != labels.length()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "labels and logits differ in rows or length");
    }
    int[] flat = labels.flat();
    int[] places =
        IntStream.range(0, flat.length)
            .filter(i -> (i + 1) % labels.length() != 0 && flat[i + 1] != IGNORED)
            .toArray();
    if (places.length == 0) {
      throw new PrecordiaException(ErrorCode.INVALID_ARGUMENT, "no label counts for the loss");
    }
    int[] targets = IntStream.of(places).map(i -> flat[i + 1]).toArray();
    for (int target : targets) {
      if (target < 0 || target >= vocabulary) {
        throw new PrecordiaException(
            ErrorCode.INVALID_ARGUMENT, "label " + target + " is outside the vocabulary");
      }
    }
    Tensor rows =
        ops.gatherRows(ops.reshape(logits, -1, vocabulary), ops.upload(places, places.length));
    Tensor loss = ops.crossEntropy(rows, ops.upload(targets, targets.length), null);
    return smoothing == 0 ? loss : smoothed(ops, rows, targets, loss, smoothing);
  }

  // With −log p(c) = logsumexp − logit(c), the smoothed loss is the plain one plus
  // ε·(mean target logit − mean logit).
  private static Tensor smoothed(
      Ops ops, Tensor rows, int[] targets, Tensor loss, double smoothing) {
    int vocabulary = Math.toIntExact(rows.size(1));
    int[] at =
        IntStream.range(0, targets.length)
            .map(i -> Math.addExact(Math.multiplyExact(i, vocabulary), targets[i]))
            .toArray();
    Tensor picked = ops.gatherRows(ops.reshape(rows, -1, 1), ops.upload(at, at.length));
    Tensor gap = ops.subtract(ops.meanAll(picked), ops.meanAll(rows));
    return ops.add(loss, ops.affine(gap, smoothing, 0));
  }
}
