package io.precordia.model.explain;

import io.precordia.nn.Forward;
import io.precordia.nn.ProjectionHead;
import io.precordia.nn.TokenEncoder;
import io.precordia.tensor.Tensor;

/**
 * One branch of a contrastive model: an input becomes tokens, tokens become a class token, the
 * class token becomes a vector of the shared space.
 *
 * @param tokenizer [n, …input] to [n, tokens, width]
 * @param encoder pre-norm blocks behind a class token
 * @param head its output, normalised, is the vector
 * @param input shape of one input, without the batch axis
 */
public record Branch(Tokenizer tokenizer, TokenEncoder encoder, ProjectionHead head, long[] input) {
  /** From inputs to tokens. */
  @FunctionalInterface
  public interface Tokenizer {
    Tensor apply(Forward forward, Tensor input);
  }

  /** Number of scalars of one input. */
  public int size() {
    long n = 1;
    for (long s : input) {
      n *= s;
    }
    return Math.toIntExact(n);
  }

  long[] batch(int n) {
    long[] shape = new long[input.length + 1];
    shape[0] = n;
    System.arraycopy(input, 0, shape, 1, input.length);
    return shape;
  }
}
