package io.precordia.error;

import org.jspecify.annotations.Nullable;

/**
 * The one exception that crosses package walls. The message says what was wrong and what to do; it
 * never holds patient data.
 */
public final class PrecordiaException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final ErrorCode code;

  public PrecordiaException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public PrecordiaException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
