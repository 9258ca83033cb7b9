package io.precordia.hl7;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;

/** Refusals of what failed on its way in; the service's own messages hold no patient data. */
final class Refusals {
  private Refusals() {}

  static Refusal of(PrecordiaException e) {
    ErrorCode code = e.code();
    String reason = String.valueOf(e.getMessage());
    return switch (code) {
      case BUSY, STORAGE_FULL, NOT_READY, INTERNAL, CORRUPT_STORE ->
          Refusal.reject(Condition.INTERNAL, code, "", reason);
      case TOO_LARGE -> Refusal.error(Condition.TOO_LONG, code, "", reason);
      case BAD_CHARSET -> Refusal.error(Condition.TABLE_VALUE, code, "MSH^1^18", reason);
      case EMPTY, UNSUPPORTED_FORMAT -> Refusal.error(Condition.DATA_TYPE, code, "", reason);
      default -> Refusal.error(Condition.INTERNAL, code, "", reason);
    };
  }
}
