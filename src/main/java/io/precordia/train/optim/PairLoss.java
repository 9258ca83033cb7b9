package io.precordia.train.optim;

import io.precordia.tensor.Tensor;

/** A contrastive objective over pairs: row i of one side belongs to row i of the other. */
public interface PairLoss {
  /**
   * @param a [n, d], need not be normalised
   * @param b [n, d], need not be normalised
   * @param excluded [n·n], 1 where row i of a and row j of b are neither a pair nor a negative; 0
   *     on the diagonal
   * @return a scalar
   */
  Tensor masked(Tensor a, Tensor b, float[] excluded);
}
