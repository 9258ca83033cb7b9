package io.precordia.api;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks that JSON binding leaves to the reader: a body that is there, lists without null. */
final class Bodies {
  private Bodies() {}

  static <T> T required(@Nullable T body) {
    if (body == null) {
      throw new PrecordiaException(ErrorCode.INVALID_REQUEST, "a JSON object is needed as body");
    }
    return body;
  }

  /** An absent list counts as empty. */
  static List<String> strings(@Nullable List<@Nullable String> list, String name, int most) {
    if (list == null) {
      return List.of();
    }
    if (list.size() > most) {
      throw new PrecordiaException(
          ErrorCode.TOO_LARGE, name + " may have at most " + most + " items");
    }
    if (list.stream().anyMatch(Objects::isNull)) {
      throw new PrecordiaException(ErrorCode.INVALID_REQUEST, name + " must not hold null");
    }
    return list.stream().map(Objects::requireNonNull).toList();
  }
}
