package io.precordia.store;

/** Where a delivery is. */
public enum DeliveryState {
  /** To be sent, for the first time or again. */
  WAITING,
  /** The peer said that it has it. */
  SENT,
  /** Not tried any more: refused for good, or failed too often. A person can start it again. */
  DEAD,
  /** A person decided that it is not to be sent. */
  DISCARDED
}
