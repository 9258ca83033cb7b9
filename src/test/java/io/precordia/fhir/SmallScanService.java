package io.precordia.fhir;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Lets a search look through no more than two instances. */
public final class SmallScanService implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    return Map.of("precordia.fhir.max-scan", "2");
  }

  @Override
  public void stop() {
    // nothing is started
  }
}
