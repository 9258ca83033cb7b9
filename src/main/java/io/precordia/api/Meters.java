package io.precordia.api;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.precordia.api.view.ImportAnswer;
import io.precordia.serve.GateListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** What /q/metrics tells. Labels are modalities and outcomes only, never anything of a patient. */
@ApplicationScoped
public class Meters implements GateListener {
  private final MeterRegistry registry;

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  void watch(Engine engine) {
    Gauge.builder("precordia.ingest.pending", engine, e -> e.workspace().ingest().pending())
        .description("Instances accepted and not yet processed")
        .register(registry);
    Gauge.builder("precordia.embedding.queued", engine, e -> e.gate().queued())
        .description("Items admitted to the encoder and not yet running")
        .register(registry);
    Gauge.builder("precordia.index.vectors", engine, e -> e.workspace().index().size())
        .description("Searchable vectors")
        .register(registry);
  }

  @Override
  public void passed(Pass pass) {
    String name = Names.of(pass.modality());
    Timer.builder("precordia.embedding.pass")
        .description("Forward passes")
        .tag("modality", name)
        .register(registry)
        .record(Duration.ofNanos(pass.ranNanos()));
    Timer.builder("precordia.embedding.wait")
        .description("Time before the pass")
        .tag("modality", name)
        .register(registry)
        .record(Duration.ofNanos(pass.waitedNanos()));
    registry.counter("precordia.embedding.items", "modality", name).increment(pass.items());
    registry.counter("precordia.embedding.tokens", "modality", name).increment(pass.tokens());
    registry
        .counter("precordia.embedding.padding", "modality", name)
        .increment(pass.padded() - pass.tokens());
  }

  void imported(ImportAnswer answer, Duration took) {
    Timer.builder("precordia.import")
        .description("Requests to POST /v1/studies")
        .register(registry)
        .record(took);
    count("stored", answer.stored());
    count("duplicate", answer.duplicate());
    count("flagged", answer.flagged());
    count("received", answer.received());
    count("failed", answer.failed());
  }

  private void count(String outcome, int items) {
    registry.counter("precordia.import.items", "outcome", outcome).increment(items);
  }
}
