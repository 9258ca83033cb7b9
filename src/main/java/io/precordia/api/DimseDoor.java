package io.precordia.api;

import io.precordia.dicom.net.DimseSettings;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The DICOM door: opens when the engine is there, closes before it. A port that cannot be had does
 * not keep the rest of the service from working; the log and the start message say so.
 */
@ApplicationScoped
public class DimseDoor {
  private static final Logger LOG = Logger.getLogger(DimseDoor.class);
  private final EngineHolder holder;
  private final DimseConfig config;
  private final DimseMeters meters;
  private final CompletableFuture<State> opening = new CompletableFuture<>();

  DimseDoor(EngineHolder holder, PrecordiaConfig config, DimseMeters meters) {
    this.holder = holder;
    this.config = config.dimse();
    this.meters = meters;
  }

  /**
   * What became of the door.
   *
   * @param network null if it is not open
   * @param problem why it is not open although it should be
   */
  record State(@Nullable DimseNetwork network, @Nullable String problem) {}

  void start(@Observes StartupEvent event) {
    if (config.enabled()) {
      Thread.ofPlatform().name("opening-dimse").daemon(true).start(this::open);
    } else {
      opening.complete(new State(null, null));
    }
  }

  private void open() {
    try {
      Engine engine = holder.await();
      DimseSettings settings = DimseSetup.settings(config);
      DimseNetwork network =
          new DimseNetwork(
              engine.workspace(),
              settings,
              new DimsePeers(config),
              config.responseTimeout(),
              meters);
      opening.complete(new State(network, null));
      if (settings.allowed().isEmpty() && !config.host().startsWith("127.")) {
        LOG.warn(
            "DICOM listens beyond this machine and precordia.dimse.allow has no rule: everybody who reaches the port may send");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      opening.complete(new State(null, "interrupted"));
    } catch (PrecordiaException e) {
      LOG.errorf("DICOM is not available: %s", e.getMessage());
      opening.complete(new State(null, e.getMessage()));
    } catch (RuntimeException | Error e) {
      LOG.errorf("DICOM is not available: %s", Traces.withoutMessages(e));
      opening.complete(new State(null, "a defect of this program"));
    }
  }

  /** Waits for the door; the port it listens on, or empty if it does not. */
  public Optional<Integer> await() throws InterruptedException {
    try {
      DimseNetwork network = opening.get().network();
      return network == null ? Optional.empty() : Optional.of(network.server().port());
    } catch (ExecutionException e) {
      return Optional.empty();
    }
  }

  /** Whether nothing more is to be waited for: it listens, is switched off, or cannot listen. */
  boolean opened() {
    return opening.isDone();
  }

  /**
   * The AE.
   *
   * @throws PrecordiaException NOT_READY while the door is not open
   */
  DimseNetwork network() {
    State state = opening.getNow(null);
    DimseNetwork network = state == null ? null : state.network();
    if (network == null) {
      throw new PrecordiaException(
          ErrorCode.NOT_READY, "DICOM is not available; the log of the start says why");
    }
    return network;
  }

  /** Why the door is not open although it should be; empty if it is, or if it should not be. */
  public Optional<String> problem() {
    State state = opening.getNow(null);
    return state == null ? Optional.empty() : Optional.ofNullable(state.problem());
  }

  void stop(@Observes @Priority(100) ShutdownEvent event) {
    State state = opening.getNow(null);
    DimseNetwork network = state == null ? null : state.network();
    if (network != null) {
      network.close();
    }
  }
}
