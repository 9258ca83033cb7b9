package io.precordia.serve;

import java.time.Duration;

/**
 * Bounds of an {@link EmbeddingGate}.
 *
 * @param maxBatch items of one forward pass, at least 1
 * @param maxDelay how long a batch may wait for other callers that are already under way; zero
 *     never waits
 * @param maxQueued items admitted and not yet running, at least {@code maxBatch}
 * @param workers forward passes at once, at least 1
 */
public record GateLimits(int maxBatch, Duration maxDelay, int maxQueued, int workers) {
  public static final GateLimits DEFAULT = new GateLimits(16, Duration.ofMillis(2), 256, 1);

  public GateLimits {
    if (maxBatch < 1 || maxQueued < maxBatch || workers < 1 || maxDelay.isNegative()) {
      throw new IllegalArgumentException(
          "gate: needs maxBatch >= 1, maxQueued >= maxBatch, workers >= 1, maxDelay >= 0");
    }
  }
}
