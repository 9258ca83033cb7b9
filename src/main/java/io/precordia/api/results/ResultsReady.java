package io.precordia.api.results;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when study completion and delivery run. */
@Readiness
public class ResultsReady implements HealthCheck {
  private final ResultsService results;

  ResultsReady(ResultsService results) {
    this.results = results;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("results").status(results.ready()).build();
  }
}
