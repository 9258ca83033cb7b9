package io.precordia.delivery;

import java.time.Duration;

/** What became of one object that was handed to a peer. */
public sealed interface SendOutcome {
  /** The peer said that it has it. */
  record Sent() implements SendOutcome {}

  /**
   * The peer has it and owes a further answer, such as its storage commitment. It is no failure.
   *
   * @param reason what is owed; no patient data
   * @param again when to look again
   */
  record Pending(String reason, Duration again) implements SendOutcome {}

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
