package io.precordia.api;

import io.precordia.dicom.net.PeerAddress;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The configured AEs, by name and by title. */
final class DimsePeers {
  private final Map<String, PeerAddress> byName = new TreeMap<>();
  private final Map<String, DimseConfig.Peer> settings;

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION
   */
  DimsePeers(DimseConfig config) {
    this.settings = config.peers();
    settings.forEach(
        (name, peer) -> {
          String key = "precordia.dimse.peers." + name;
          if (peer.port() < 1 || peer.port() > 65535) {
            throw new PrecordiaException(
                ErrorCode.INVALID_CONFIGURATION, key + ".port must be 1 to 65535");
          }
          if (peer.tls() && config.tls().isEmpty()) {
            throw new PrecordiaException(
                ErrorCode.INVALID_CONFIGURATION, key + ".tls needs precordia.dimse.tls");
          }
          byName.put(
              name,
              new PeerAddress(
                  DimseSetup.title(key + ".ae-title", peer.aeTitle()),
                  peer.host(),
                  peer.port(),
                  peer.tls()));
        });
  }

  Optional<PeerAddress> titled(String title) {
    return byName.values().stream().filter(p -> p.title().equals(title)).findFirst();
  }

  /** Whether there is a peer of this name. */
  boolean knows(String name) {
    return byName.containsKey(name);
  }

  /**
   * @throws PrecordiaException NOT_FOUND
   */
  PeerAddress named(String name) {
    PeerAddress peer = byName.get(name);
    if (peer == null) {
      throw new PrecordiaException(
          ErrorCode.NOT_FOUND, "precordia.dimse.peers has no peer of this name");
    }
    return peer;
  }

  DimseConfig.Peer settings(String name) {
    named(name);
    return Objects.requireNonNull(settings.get(name));
  }
}
