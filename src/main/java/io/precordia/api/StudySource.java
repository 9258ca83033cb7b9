package io.precordia.api;

import java.util.Optional;
import java.util.function.Consumer;

/** Peers that studies can be fetched from; one bean for each protocol. */
public interface StudySource {
  /**
   * Fetches from a peer.
   *
   * @param peer its configured name
   * @param study Study Instance UID
   * @param sink told of each Part 10 file as it comes
   * @return the number of objects; empty if this protocol has no peer of that name
   * @throws io.precordia.error.PrecordiaException NOT_FOUND, NOT_READY, INVALID_REQUEST, TOO_LARGE
   */
  Optional<Integer> fetch(String peer, String study, Consumer<byte[]> sink);

  /** AE title of a peer, whose patient identifiers may have an issuer of their own; else empty. */
  default Optional<String> aeTitle(String peer) {
    return Optional.empty();
  }
}
