package io.precordia.api.results;

import io.precordia.api.DestinationConfig;
import io.precordia.api.DicomWebPeers;
import io.precordia.api.TransportProvider;
import io.precordia.delivery.Transport;
import io.precordia.dicomweb.StowTransport;
import jakarta.inject.Singleton;

/** Archives by STOW-RS. */
@Singleton
public class StowDestinations implements TransportProvider {
  private final DicomWebPeers peers;

  StowDestinations(DicomWebPeers peers) {
    this.peers = peers;
  }

  @Override
  public DestinationConfig.Kind kind() {
    return DestinationConfig.Kind.STOW;
  }

  @Override
  public Transport open(String name, DestinationConfig destination) {
    return peers
        .client(destination.peer().orElse(""))
        .map(StowTransport::new)
        .orElseThrow(
            () -> Transports.invalid(name, "peer must be one of precordia.dicomweb.peers"));
  }
}
