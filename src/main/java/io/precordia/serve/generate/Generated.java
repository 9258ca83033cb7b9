package io.precordia.serve.generate;

import io.precordia.study.ModelRef;

/**
 * A continuation.
 *
 * @param text without the prompt and without special tokens
 * @param promptTokens tokens of the prompt, special ones included
 * @param newTokens tokens that were added, with the one that ended it
 * @param finish why it ended
 */
public record Generated(
    String text, int promptTokens, int newTokens, Finish finish, ModelRef model) {
  /** Why a continuation ended. */
  public enum Finish {
    /** The model said that it is complete. */
    STOP,
    /** As many tokens as were asked for. */
    LENGTH
  }
}
