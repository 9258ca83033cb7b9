package io.precordia.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.precordia.dicom.net.DimseEvents;
import io.precordia.dicom.net.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** Counts what happens on the DICOM port. */
@ApplicationScoped
public class DimseMeters implements DimseEvents {
  private final MeterRegistry registry;

  DimseMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void accepted() {
    registry.counter("precordia.dimse.associations").increment();
  }

  @Override
  public void refused(Refusal why) {
    registry.counter("precordia.dimse.refused", "reason", why.id()).increment();
  }

  @Override
  public void answered(String operation, int status) {
    registry
        .counter(
            "precordia.dimse.operations",
            "operation",
            operation,
            "status",
            String.format(Locale.ROOT, "%04X", status))
        .increment();
  }

  @Override
  public void stored(long bytes) {
    registry.counter("precordia.dimse.stored.bytes").increment(bytes);
  }
}
