package io.precordia.dicom.net;

/** Is told of answers to our own requests for storage commitment. Thread-safe. */
public interface CommitmentListener {
  /** Notes an answer durably; only then the peer is told that we have it. */
  void keep(CommitmentResult result);

  /** Wakes who waits for it, after the peer was told: they may release its association at once. */
  void announce(CommitmentResult result);
}
