package io.precordia.dicom.net;

import java.util.List;

/**
 * A peer's wish to know what is kept for good (PS3.4 J.3.2).
 *
 * @param transaction Transaction UID
 * @param peer AE title that asked and is to be told
 * @param received milliseconds since 1970
 */
public record CommitmentRequest(
    String transaction, String peer, long received, List<ObjectUids> objects) {
  public CommitmentRequest {
    objects = List.copyOf(objects);
  }
}
