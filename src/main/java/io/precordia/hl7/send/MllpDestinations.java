package io.precordia.hl7.send;

import io.precordia.api.DestinationConfig;
import io.precordia.api.Hl7Config;
import io.precordia.api.PrecordiaConfig;
import io.precordia.api.TransportProvider;
import io.precordia.delivery.Transport;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.hl7.TlsContexts;
import jakarta.inject.Singleton;

/** Destinations that get ORU messages over MLLP. */
@Singleton
public class MllpDestinations implements TransportProvider {
  private final PrecordiaConfig config;

  MllpDestinations(PrecordiaConfig config) {
    this.config = config;
  }

  @Override
  public DestinationConfig.Kind kind() {
    return DestinationConfig.Kind.MLLP;
  }

  @Override
  public Transport open(String name, DestinationConfig destination) {
    Hl7Config.Peer peer = config.hl7().peers().get(destination.peer().orElse(""));
    if (peer == null || peer.port() < 1 || peer.port() > 65_535) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "precordia.destinations."
              + name
              + ": peer must be one of precordia.hl7.peers, with a host and a port from 1 to 65535");
    }
    return new MllpTransport(
        new MllpPeer(
            peer.host(),
            peer.port(),
            peer.connectTimeout(),
            peer.answerTimeout(),
            peer.tls()
                .map(
                    t ->
                        TlsContexts.of(
                            t.keyStore(),
                            t.keyStorePassword(),
                            t.trustStore().orElse(null),
                            t.trustStorePassword().orElse(null)))
                .orElse(null)));
  }
}
