package io.precordia.delivery;

/** What became of one object that was handed to a peer. */
public sealed interface SendOutcome {
  /** The peer said that it has it. */
  record Sent() implements SendOutcome {}

  /**
   * It may succeed later.
   *
   * @param reason a status or kind; no patient data
   */
  record Transient(String reason) implements SendOutcome {}

  /**
   * It will fail again until someone changes something.
   *
   * @param reason a status or kind; no patient data
   */
  record Permanent(String reason) implements SendOutcome {}
}
