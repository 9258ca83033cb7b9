package io.precordia.train.data;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Fixed parts of a data set. */
public enum Split {
  TRAIN,
  VAL,
  TEST;

  /** The word in a manifest. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Split of(String word) {
    for (Split split : values()) {
      if (split.word().equals(word)) {
        return split;
      }
    }
    throw new PrecordiaException(
        ErrorCode.INVALID_CONFIGURATION, "a manifest's split must be train, val or test");
  }

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION if a patient is in two splits: every figure
   *     would be wrong
   */
  static <T> void requireDisjoint(
      String source, List<T> rows, Function<T, String> patient, Function<T, String> split) {
    Map<String, Split> seen = new HashMap<>();
    for (T row : rows) {
      Split here = of(split.apply(row));
      Split before = seen.putIfAbsent(patient.apply(row), here);
      if (before != null && before != here) {
        throw new PrecordiaException(
            ErrorCode.INVALID_CONFIGURATION,
            "the manifest of " + source + " has a patient in two splits");
      }
    }
  }
}
