package io.precordia.api;

import io.precordia.delivery.OutgoingObject;
import io.precordia.delivery.SendOutcome;
import io.precordia.delivery.Transport;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/**
 * Peers by C-STORE. The DICOM door opens beside the rest of the service, so the way is made anew
 * for each sending; while the door is not there, sending fails for the moment.
 */
@Singleton
public class DimseDestinations implements TransportProvider {
  private static final Duration COMMIT_WITHIN = Duration.ofMinutes(2);
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
    if (settings == null || !config.dimse().enabled()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "precordia.destinations."
              + name
              + ": peer must be one of precordia.dimse.peers, and precordia.dimse.enabled true");
    }
    boolean commit = settings.commitment();
    return new Transport() {
      @Override
      public List<SendOutcome> send(List<OutgoingObject> objects) {
        DimseNetwork network = door.network();
        return new DimseTransport(
                network.store(),
                network.commitment(),
                network.peers().named(peer),
                commit,
                COMMIT_WITHIN)
            .send(objects);
      }
    };
  }
}
