package io.precordia.api;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the DICOM door listens, is switched off, or has told the log why it cannot. */
@Readiness
public class DimseReady implements HealthCheck {
  private final DimseDoor door;

  DimseReady(DimseDoor door) {
    this.door = door;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("dicom").status(door.opened()).build();
  }
}
