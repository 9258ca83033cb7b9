package io.precordia.api;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.serve.Cancellation;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Opens the engine beside the framework's own start, hands it out when it is there, and closes it
 * at the end. Until then every request is answered 503 NOT_READY.
 */
@ApplicationScoped
public class EngineHolder {
  private static final Logger LOG = Logger.getLogger(EngineHolder.class);
  private final CompletableFuture<Engine> opening = new CompletableFuture<>();
  private final PrecordiaConfig config;
  private final Meters meters;
  private final Clients clients;
  private volatile boolean stopping;

  EngineHolder(PrecordiaConfig config, Meters meters, Clients clients) {
    this.clients = clients;
    this.config = config;
    this.meters = meters;
  }

  void start(@Observes StartupEvent event) {
    Thread.ofPlatform().name("opening").daemon(true).start(this::open);
  }

  private void open() {
    // libraries look their parts up by the thread's loader, which here would be that of whoever
    // started the framework
    Thread.currentThread().setContextClassLoader(EngineHolder.class.getClassLoader());
    try {
      Engine engine = Engine.open(config, meters);
      meters.watch(engine);
      opening.complete(engine);
    } catch (RuntimeException | Error e) {
      LOG.errorf("the service could not be opened: %s", Traces.withoutMessages(e));
      opening.completeExceptionally(e);
      Quarkus.asyncExit(1);
    }
  }

  /** Whether requests can be answered. */
  public boolean ready() {
    return !stopping && opening.isDone() && !opening.isCompletedExceptionally();
  }

  /**
   * The engine.
   *
   * @throws PrecordiaException NOT_READY while it is being opened or closed
   */
  public Engine engine() {
    Engine engine = ready() ? opening.getNow(null) : null;
    if (engine == null) {
      throw new PrecordiaException(
          ErrorCode.NOT_READY, "the service is starting or stopping; try again in a moment");
    }
    return engine;
  }

  /**
   * What can be asked of the addressed model by the request that is being answered; what it waits
   * for is given up when its client goes.
   *
   * @param model ID or ID@ADAPTER; null for the service's own
   * @throws PrecordiaException NOT_READY, NOT_FOUND, INVALID_ARGUMENT
   */
  public Questions ask(@Nullable String model) {
    return ask(model, null);
  }

  /**
   * {@link #ask(String)} about something that is kept.
   *
   * @param byDefault adapters that its default rule gives it, null for none; used where the address
   *     names none
   */
  public Questions ask(@Nullable String model, @Nullable String byDefault) {
    return engine().ask(model, byDefault, clients.current());
  }

  /** Whether the client of the request that is being answered has gone. */
  Cancellation client() {
    return clients.current();
  }

  /**
   * Waits for the engine.
   *
   * @throws PrecordiaException the reason why it did not open
   */
  public Engine await() throws InterruptedException {
    try {
      return opening.get();
    } catch (ExecutionException e) {
      @Nullable Throwable cause = e.getCause();
      throw cause instanceof PrecordiaException known
          ? known
          : new PrecordiaException(ErrorCode.INTERNAL, "the service could not be opened", cause);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    stopping = true;
    Engine engine = opening.isCompletedExceptionally() ? null : opening.getNow(null);
    if (engine != null) {
      engine.close();
    }
  }
}
