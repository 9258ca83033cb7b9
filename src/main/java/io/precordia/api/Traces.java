package io.precordia.api;

import io.precordia.error.PrecordiaException;

/** Stack traces fit for a log that must not hold patient data. */
public final class Traces {
  private static final int FRAMES = 12;

  private Traces() {}

  /**
   * Exception types and frames; messages only of {@link PrecordiaException}, which promises that
   * they hold no patient data.
   */
  public static String withoutMessages(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    int depth = 0;
    for (Throwable t = thrown; t != null && depth < 5; t = t.getCause(), depth++) {
      text.append(depth == 0 ? "" : "\n  caused by ").append(t.getClass().getName());
      if (t instanceof PrecordiaException known) {
        text.append(": ").append(known.code().id()).append(": ").append(known.getMessage());
      }
      StackTraceElement[] frames = t.getStackTrace();
      for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
        text.append("\n    at ").append(frames[i]);
      }
    }
    return text.toString();
  }
}
