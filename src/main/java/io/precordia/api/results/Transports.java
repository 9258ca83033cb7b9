package io.precordia.api.results;

import io.precordia.api.DestinationConfig;
import io.precordia.api.TransportProvider;
import io.precordia.delivery.Transport;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/** The way to a destination by its configuration. */
@Singleton
public class Transports {
  private final Instance<TransportProvider> providers;

  Transports(@Any Instance<TransportProvider> providers) {
    this.providers = providers;
  }

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION
   */
  Transport of(String name, DestinationConfig config) {
    return providers.stream()
        .filter(p -> p.kind() == config.kind())
        .findFirst()
        .orElseThrow(() -> invalid(name, "this kind of destination is not in this build"))
        .open(name, config);
  }

  static PrecordiaException invalid(String name, String why) {
    return new PrecordiaException(
        ErrorCode.INVALID_CONFIGURATION, "precordia.destinations." + name + ": " + why);
  }
}
