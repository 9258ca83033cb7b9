package io.precordia.delivery;

import java.util.List;

/**
 * Carries objects to one peer: C-STORE, STOW-RS, MLLP, a folder. One thread calls it at a time.
 *
 * <p>What an implementation must hold to:
 *
 * <ul>
 *   <li>one {@link SendOutcome} for each object, in the order given; an object that was not tried
 *       (the association broke before its turn) is {@link SendOutcome.Transient}
 *   <li>{@link SendOutcome.Sent} only after the peer said so for this object: C-STORE status 0x0000
 *       or a warning 0xBxxx, an HTTP 200 or 202 whose response names the instance as stored, an
 *       acknowledgement AA or CA, a file that was fsynced
 *   <li>{@link SendOutcome.Pending} for what the peer stored and has yet to commit to; it is asked
 *       about again with the same call
 *   <li>{@link SendOutcome.Transient} for what may pass by itself: no connection, time-out, abort,
 *       C-STORE 0xA7xx (out of resources) and 0x0110 (processing failure), HTTP 408, 425, 429 and
 *       5xx, AE of MLLP
 *   <li>{@link SendOutcome.Permanent} for what will fail again: the abstract syntax is refused,
 *       0xA9xx, 0xCxxx, 0x0122, 0x0124 (not authorised), other HTTP 4xx, AR of MLLP
 *   <li>the reason is a status or a kind ("0xA700 out of resources", "HTTP 503"), never a text of
 *       the peer or of a library, which may repeat patient data
 *   <li>time limits of its own, so that it returns or throws within minutes; bytes are sent as they
 *       are, never re-encoded
 *   <li>an exception counts as transient for every object of the call
 * </ul>
 *
 * An object that the peer has already (same SOP Instance UID) may come again after a crash; what is
 * sent is byte for byte the same.
 */
public interface Transport extends AutoCloseable {
  /** Sends and waits for the peer's answers. */
  List<SendOutcome> send(List<OutgoingObject> objects);

  /** Gives connections back. */
  @Override
  default void close() {}
}
