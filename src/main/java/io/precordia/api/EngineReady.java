package io.precordia.api;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the model is loaded and the data directory is open. */
@Readiness
public class EngineReady implements HealthCheck {
  private final EngineHolder holder;

  EngineReady(EngineHolder holder) {
    this.holder = holder;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("engine").status(holder.ready()).build();
  }
}
