package io.precordia.serve;

import java.time.Duration;

/**
 * Bounds of an {@link EmbeddingGate}.
 *
 * @param maxBatch items of one forward pass, at least 1
 * @param maxTokens tokens of one forward pass, padding included, at least 1; a single item that is
 *     longer runs alone
 * @param maxDelay how long a batch may wait for other callers that are already under way; zero
 *     never waits
 * @param maxQueued items admitted and not yet running, at least {@code maxBatch}
 * @param workers forward passes at once, at least 1
 * @param maxWait how long a ticket may stand in the line; then its caller is told BUSY. More than
 *     zero, at most a day. Callers of {@link EmbeddingGate#patient()} have no such limit
 */
public record GateLimits(
    int maxBatch, int maxTokens, Duration maxDelay, int maxQueued, int workers, Duration maxWait) {
  public static final GateLimits DEFAULT = new GateLimits(32, Duration.ofMillis(2), 256, 1);

  /** Twenty films of 196 patches, or 32 reports of 128 tokens. */
  private static final int TOKENS = 4096;

  public GateLimits {
    if (!maxWait.isPositive() || maxWait.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("gate: maxWait must be more than zero, at most a day");
    }
    if (maxBatch < 1
        || maxTokens < 1
        || maxQueued < maxBatch
        || workers < 1
        || maxDelay.isNegative()) {
      throw new IllegalArgumentException(
          "gate: needs maxBatch >= 1, maxTokens >= 1, maxQueued >= maxBatch, workers >= 1, maxDelay >= 0");
    }
  }

  /** With the defaults of 4096 tokens in a pass and 30 seconds in the line. */
  public GateLimits(int maxBatch, Duration maxDelay, int maxQueued, int workers) {
    this(maxBatch, TOKENS, maxDelay, maxQueued, workers, Duration.ofSeconds(30));
  }

  /** Whether so many items, padded to the longest, make one pass. */
  boolean admits(int items, int longest) {
    return items <= maxBatch && (long) items * longest <= maxTokens;
  }
}
