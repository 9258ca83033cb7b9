package io.precordia.hl7;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the HL7 door listens, is switched off, or has told the log why it cannot. */
@Readiness
public class MllpReady implements HealthCheck {
  private final MllpDoor door;

  MllpReady(MllpDoor door) {
    this.door = door;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("hl7").status(door.opened()).build();
  }
}
