package io.precordia.api.view;

import io.precordia.error.ErrorCode;
import io.precordia.study.Flag;

/** A reason: stable code and words. */
public record FlagView(String code, String message) {
  public static FlagView of(Flag flag) {
    return new FlagView(flag.code().id(), flag.message());
  }

  public static FlagView of(ErrorCode code, String message) {
    return new FlagView(code.id(), message);
  }
}
