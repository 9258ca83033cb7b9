package io.precordia.dicom.net;

import java.util.List;

/** Requests for storage commitment that are not answered yet; they survive a restart. */
public interface CommitmentJournal {
  /** Keeps a request durably. */
  void put(CommitmentRequest request);

  /** Forgets one that was answered. */
  void remove(CommitmentRequest request);

  /** All that are kept. */
  List<CommitmentRequest> open();
}
