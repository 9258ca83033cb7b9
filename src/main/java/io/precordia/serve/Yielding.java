package io.precordia.serve;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Lets a model that is being prepared run only while the one that answers has nothing to do, but
 * never keeps one of its passes longer than a bound, so that it gets ready under any load.
 *
 * @param first the gate that goes first; the prepared model's own once it answers
 * @param most longest time that one pass is kept; zero never keeps any
 */
public record Yielding(Supplier<EmbeddingGate> first, Duration most) {
  public Yielding {
    if (most.isNegative()) {
      throw new IllegalArgumentException("the time must not be negative");
    }
  }

  /** Called by a worker of {@code own} before each pass. */
  void await(EmbeddingGate own) throws InterruptedException {
    EmbeddingGate other = first.get();
    if (other != own && !most.isZero()) {
      other.awaitIdle(most);
    }
  }
}
