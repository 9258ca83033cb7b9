package io.precordia.dicom.net;

import java.util.List;

/**
 * What a peer answered to our request for storage commitment (PS3.4 J.3.3).
 *
 * @param transaction Transaction UID
 */
public record CommitmentResult(
    String transaction, List<ObjectUids> committed, List<ObjectUids> failed) {
  public CommitmentResult {
    committed = List.copyOf(committed);
    failed = List.copyOf(failed);
  }
}
