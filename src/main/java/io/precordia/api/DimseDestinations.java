package io.precordia.api;

import io.precordia.delivery.Transport;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import jakarta.inject.Singleton;

/** Archives by C-STORE, with storage commitment where the peer is configured so. */
@Singleton
public class DimseDestinations implements TransportProvider {
  private final DimseDoor door;
  private final PrecordiaConfig config;

  DimseDestinations(DimseDoor door, PrecordiaConfig config) {
    this.door = door;
    this.config = config;
  }

  @Override
  public DestinationConfig.Kind kind() {
    return DestinationConfig.Kind.DIMSE;
  }

  @Override
  public Transport open(String name, DestinationConfig destination) {
    String peer = destination.peer().orElse("");
    DimseConfig.Peer settings = config.dimse().peers().get(peer);
    if (settings == null) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "precordia.destinations." + name + ": peer must be one of precordia.dimse.peers");
    }
    // The door opens after this is made; until then a delivery fails for the moment only.
    return objects -> {
      DimseNetwork network = door.network();
      return new DimseTransport(
              network.store(),
              network.commitment(),
              network.peers().named(peer),
              settings.commitment(),
              settings.commitmentTimeout())
          .send(objects);
    };
  }
}
