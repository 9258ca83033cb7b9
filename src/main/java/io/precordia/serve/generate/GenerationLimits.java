package io.precordia.serve.generate;

import java.time.Duration;

/**
 * Bounds of the language models of a service.
 *
 * @param maxTokens most tokens that one request may add, at least 1
 * @param maxQueued requests of one model that may wait for their turn, 0 or more
 * @param maxWait longest that a request waits for its turn
 * @param resident models in memory at once, at least 1
 */
public record GenerationLimits(int maxTokens, int maxQueued, Duration maxWait, int resident) {
  public GenerationLimits {
    if (maxTokens < 1 || maxQueued < 0 || maxWait.isNegative() || resident < 1) {
      throw new IllegalArgumentException(
          "generate: needs maxTokens >= 1, maxQueued >= 0, maxWait >= 0, resident >= 1");
    }
  }
}
