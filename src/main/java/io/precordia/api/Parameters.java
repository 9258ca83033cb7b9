package io.precordia.api;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.time.Duration;

/**
 * Query parameters, checked. The framework's own conversion answers 404 to a number that is none,
 * which misleads.
 */
public final class Parameters {
  private static final int MOST_ON_A_PAGE = 1000;

  private Parameters() {}

  /** Seconds from 0; what is longer than {@code most} counts as {@code most}. */
  public static Duration seconds(String name, String value, Duration most) {
    try {
      double seconds = Double.parseDouble(value);
      if (seconds >= 0) {
        Duration wanted = Duration.ofMillis(Math.round(Math.min(seconds, 1e6) * 1000));
        return wanted.compareTo(most) > 0 ? most : wanted;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new PrecordiaException(
        ErrorCode.INVALID_ARGUMENT, name + " must be a number of seconds, 0 or more");
  }

  public static long after(String value) {
    return whole("after", value, 0, Long.MAX_VALUE);
  }

  public static int limit(String value) {
    return (int) whole("limit", value, 1, MOST_ON_A_PAGE);
  }

  /**
   * Whether {@code view} asks for what may be shared.
   *
   * @throws PrecordiaException INVALID_ARGUMENT for another word
   */
  static boolean research(String view) {
    if (!view.isEmpty() && !view.equals("research")) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "view can be research, or absent for the full view");
    }
    return !view.isEmpty();
  }

  public static int width(String value) {
    return (int) whole("width", value, 0, 4096);
  }

  private static long whole(String name, String value, long least, long most) {
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new PrecordiaException(
        ErrorCode.INVALID_ARGUMENT,
        name
            + " must be a whole number"
            + (most == Long.MAX_VALUE
                ? ", " + least + " or more"
                : " from " + least + " to " + most));
  }
}
