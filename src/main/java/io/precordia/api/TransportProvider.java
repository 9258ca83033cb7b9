package io.precordia.api;

import io.precordia.delivery.Transport;

/** A kind of way to destinations; a bean. */
public interface TransportProvider {
  /** Destinations of which kind it opens. */
  DestinationConfig.Kind kind();

  /**
   * The way to one destination. It need not be reachable yet.
   *
   * @param name of the destination
   * @throws io.precordia.error.PrecordiaException INVALID_CONFIGURATION
   */
  Transport open(String name, DestinationConfig destination);
}
