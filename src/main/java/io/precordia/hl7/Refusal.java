package io.precordia.hl7;

import io.precordia.error.ErrorCode;

/**
 * Why a message is not accepted (HL7 v2.5.1 2.9.2).
 *
 * @param reject whether it is rejected (AR, CR): its type, processing id or version is not taken,
 *     or the reason lies not in the message; else it is in error (AE, CE)
 * @param location where the fault is, as {@code SEGMENT^sequence^field}; empty if nowhere special
 * @param reason what is wrong, in words without patient data
 */
record Refusal(
    boolean reject, Condition condition, ErrorCode code, String location, String reason) {

  static Refusal reject(Condition condition, ErrorCode code, String location, String reason) {
    return new Refusal(true, condition, code, location, reason);
  }

  static Refusal error(Condition condition, ErrorCode code, String location, String reason) {
    return new Refusal(false, condition, code, location, reason);
  }

  /** A refusal on its way up. */
  static final class Thrown extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Refusal refusal;

    Thrown(Refusal refusal) {
      super(refusal.reason(), null, false, false);
      this.refusal = refusal;
    }

    Refusal refusal() {
      return refusal;
    }
  }

  Thrown thrown() {
    return new Thrown(this);
  }
}
