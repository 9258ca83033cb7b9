package io.precordia.dicom.net;

import java.util.Locale;

/**
 * What a peer said to one object.
 *
 * @param status of its C-STORE-RSP; -1 if there was none
 * @param reason a status or a kind of trouble, without patient data; empty when stored
 */
public record StoreOutcome(Kind kind, int status, String reason) {
  /** Whether it is worth another try. */
  public enum Kind {
    STORED,
    TRANSIENT,
    PERMANENT
  }

  static StoreOutcome of(int status) {
    if (StatusCode.performed(status)) {
      return new StoreOutcome(Kind.STORED, status, "");
    }
    String reason = String.format(Locale.ROOT, "C-STORE status %04XH", status);
    return new StoreOutcome(
        StatusCode.transientFailure(status) ? Kind.TRANSIENT : Kind.PERMANENT, status, reason);
  }

  static StoreOutcome notTried(String reason) {
    return new StoreOutcome(Kind.TRANSIENT, -1, reason);
  }

  static StoreOutcome refused() {
    return new StoreOutcome(
        Kind.PERMANENT, -1, "the peer does not take this SOP class in this transfer syntax");
  }
}
