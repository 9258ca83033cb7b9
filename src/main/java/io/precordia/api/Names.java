package io.precordia.api;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Constants as they are written in JSON and on the command line: lower case. */
public final class Names {
  private Names() {}

  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  public static @Nullable String ofNullable(@Nullable Enum<?> constant) {
    return constant == null ? null : of(constant);
  }

  /**
   * @param what names the value in the message
   * @throws PrecordiaException INVALID_ARGUMENT
   */
  public static <E extends Enum<E>> E parse(Class<E> type, String name, String what) {
    for (E constant : type.getEnumConstants()) {
      if (of(constant).equals(name.toLowerCase(Locale.ROOT))) {
        return constant;
      }
    }
    throw new PrecordiaException(
        ErrorCode.INVALID_ARGUMENT,
        what
            + " must be one of "
            + String.join(", ", Arrays.stream(type.getEnumConstants()).map(Names::of).toList()));
  }
}
