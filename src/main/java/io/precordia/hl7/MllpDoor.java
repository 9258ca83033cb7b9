package io.precordia.hl7;

import io.precordia.api.EngineHolder;
import io.precordia.api.Hl7Config;
import io.precordia.api.PrecordiaConfig;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.IssuerRules;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;

/** Opens the MLLP listener when the engine is there, and closes it before the engine is. */
@ApplicationScoped
public class MllpDoor {
  private static final Logger LOG = Logger.getLogger(MllpDoor.class);
  private final EngineHolder holder;
  private final Hl7Config config;
  private final IssuerRules issuers;
  private final List<ProcedureCount> procedures;
  private final CompletableFuture<Optional<MllpListener>> opening = new CompletableFuture<>();

  MllpDoor(EngineHolder holder, PrecordiaConfig config) {
    this.holder = holder;
    this.config = config.hl7();
    this.issuers = config.identity().rules();
    this.procedures =
        config.completion().procedures().values().stream()
            .map(p -> new ProcedureCount(p.code(), p.scheme().orElse(null), p.expected()))
            .toList();
  }

  void start(@Observes StartupEvent event) {
    if (config.enabled()) {
      Thread.ofPlatform().name("opening-mllp").daemon(true).start(this::open);
    } else {
      opening.complete(Optional.empty());
    }
  }

  private void open() {
    try {
      ListenerOptions options = options(config);
      MllpListener listener =
          new MllpListener(options, new Reception(holder.await().workspace(), reception()));
      opening.complete(Optional.of(listener));
      if (!config.host().startsWith("127.")
          && options.addresses().isEmpty()
          && !options.clientAuth()) {
        LOG.warn(
            "HL7 listens beyond this machine and neither precordia.hl7.addresses nor mutual TLS restricts who may send");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      opening.complete(Optional.empty());
    } catch (PrecordiaException e) {
      LOG.errorf("HL7 is not available: %s", e.getMessage());
      opening.complete(Optional.empty());
    } catch (RuntimeException | Error e) {
      LOG.errorf("HL7 is not available: %s", e.getClass().getSimpleName());
      opening.complete(Optional.empty());
    }
  }

  private ReceptionOptions reception() {
    return new ReceptionOptions(
        config.application(),
        AckMode.valueOf(config.ackMode().name().toUpperCase(Locale.ROOT)),
        set(config.applications()),
        set(config.facilities()),
        config.processingIds(),
        issuers,
        procedures);
  }

  private static Set<String> set(Optional<Set<String>> values) {
    return values.orElse(Set.of());
  }

  /** What the configuration says of the listener. */
  static ListenerOptions options(Hl7Config config) {
    Optional<Hl7Config.Tls> tls = config.tls();
    return new ListenerOptions(
        config.host(),
        config.port(),
        config.maxConnections(),
        (int) Math.min(Integer.MAX_VALUE, config.maxMessage().asLongValue()),
        config.idleTimeout(),
        config.messageTimeout(),
        config.addresses().orElse(List.of()).stream().map(AddressBlock::parse).toList(),
        tls.map(
                t ->
                    TlsContexts.of(
                        t.keyStore(),
                        t.keyStorePassword(),
                        t.trustStore().orElse(null),
                        t.trustStorePassword().orElse(null)))
            .orElse(null),
        tls.map(t -> t.clientAuth().orElse(true)).orElse(false));
  }

  /** Whether nothing more is to be waited for: it listens, is switched off, or cannot listen. */
  boolean opened() {
    return opening.isDone();
  }

  /** Waits for the listener; the port it listens on, or empty if it does not. */
  public Optional<Integer> await() throws InterruptedException {
    try {
      return opening.get().map(MllpListener::port);
    } catch (ExecutionException e) {
      return Optional.empty();
    }
  }

  void stop(@Observes @Priority(100) ShutdownEvent event) {
    opening.getNow(Optional.empty()).ifPresent(MllpListener::close);
  }
}
