package io.precordia.dicom.net;

import java.time.Duration;
import java.util.Collection;

/**
 * Our own requests for storage commitment and what became of them; they survive a restart, so that
 * an answer that comes afterwards still counts. Thread-safe.
 */
public interface AskedCommitments {
  /** How it stands with one object at one peer. */
  enum Standing {
    /** Nobody was asked. */
    NOT_ASKED,
    /** No answer yet. */
    OUTSTANDING,
    /** No answer in time. */
    OVERDUE,
    /** The peer keeps it for good. */
    COMMITTED,
    /** The peer said that it does not. */
    REFUSED
  }

  /**
   * Notes a request durably, before it leaves.
   *
   * @param peer AE title that is asked
   */
  void asked(String transaction, String peer, Collection<ObjectUids> objects);

  /** Forgets a request that the peer did not take. */
  void withdrawn(String transaction);

  /** Notes an answer durably; false if no such request is known. */
  boolean answered(CommitmentResult result);

  /**
   * How it stands with an object; an answer counts, however late it came.
   *
   * @param atMost how long an answer may take
   */
  Standing of(String peer, ObjectUids object, Duration atMost);

  /** Forgets an object whose standing was used. */
  void settled(String peer, ObjectUids object);
}
