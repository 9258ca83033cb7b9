package io.precordia.api.results;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.precordia.api.CompletionConfig;
import io.precordia.api.DestinationConfig;
import io.precordia.api.Engine;
import io.precordia.api.EngineHolder;
import io.precordia.api.PrecordiaConfig;
import io.precordia.delivery.BackOff;
import io.precordia.delivery.CompletionPolicy;
import io.precordia.delivery.CompletionRule;
import io.precordia.delivery.Deliveries;
import io.precordia.delivery.Destination;
import io.precordia.delivery.SendOutcome;
import io.precordia.delivery.StudyCompletion;
import io.precordia.delivery.hl7.ResultMessage;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.store.CompletionState;
import io.precordia.store.Completions;
import io.precordia.store.DeliveryState;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs study completion and delivery while the service runs; it starts when the engine is there and
 * ends before it.
 */
@ApplicationScoped
public class ResultsService {
  private static final Logger LOG = Logger.getLogger(ResultsService.class);
  private final EngineHolder holder;
  private final PrecordiaConfig config;
  private final MeterRegistry meters;
  private final Transports transports;
  private final CompletableFuture<Running> opening = new CompletableFuture<>();

  ResultsService(
      EngineHolder holder, PrecordiaConfig config, MeterRegistry meters, Transports transports) {
    this.transports = transports;
    this.holder = holder;
    this.config = config;
    this.meters = meters;
  }

  /** What runs. */
  record Running(
      Completions completions,
      CompletionPolicy policy,
      StudyCompletion completion,
      Deliveries deliveries,
      InstanceAnalysis analysis,
      ResultMaker maker) {}

  void start(@Observes StartupEvent event) {
    Thread.ofPlatform().name("opening-results").daemon(true).start(this::open);
  }

  private void open() {
    Thread.currentThread().setContextClassLoader(ResultsService.class.getClassLoader());
    @Nullable Engine engine = null;
    try {
      engine = holder.await();
      Running running = running(engine);
      running.deliveries().start();
      running.completion().start();
      watch(running);
      opening.complete(running);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      opening.completeExceptionally(e);
    } catch (RuntimeException | Error e) {
      opening.completeExceptionally(e);
      if (engine != null) { // otherwise the engine's own failure has been told
        LOG.errorf(
            "results cannot be delivered: %s",
            e instanceof PrecordiaException p ? p.getMessage() : e.getClass().getSimpleName());
        Quarkus.asyncExit(1);
      }
    }
  }

  private Running running(Engine engine) {
    Completions completions = engine.workspace().completions();
    List<Destination> destinations = new ArrayList<>();
    List<ResultRules> rules = new ArrayList<>();
    for (Map.Entry<String, DestinationConfig> entry : config.destinations().entrySet()) {
      DestinationConfig d = entry.getValue();
      rules.add(ResultRules.of(entry.getKey(), d, config.hl7()));
      destinations.add(
          new Destination(
              entry.getKey(),
              transports.of(entry.getKey(), d),
              d.attempts(),
              new BackOff(d.firstPause(), d.longestPause())));
    }
    Deliveries deliveries =
        new Deliveries(engine.workspace().outbox(), destinations, this::attempted);
    InstanceAnalysis analysis = new InstanceAnalysis(engine, ProgramVersion.number());
    ResultMaker maker = new ResultMaker();
    CompletionPolicy policy = policy(completions);
    StudyCompletion completion =
        new StudyCompletion(
            completions,
            policy,
            new ResultDelivery(
                engine.workspace().records(),
                analysis,
                maker,
                rules,
                deliveries,
                new ResultMessages(
                    new ResultMessage.Party(config.hl7().application(), ""),
                    engine.workspace().orders())));
    return new Running(completions, policy, completion, deliveries, analysis, maker);
  }

  private CompletionPolicy policy(Completions completions) {
    CompletionConfig c = config.completion();
    Map<String, CompletionRule> sources = new HashMap<>();
    c.sources()
        .forEach(
            (name, source) -> {
              if (source.site().isPresent() == source.aeTitle().isPresent()
                  || source.expected().orElse(1) < 1) {
                throw new PrecordiaException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "precordia.completion.sources."
                        + name
                        + " needs either site or ae-title, and expected must be at least 1");
              }
              OptionalInt expected = source.expected();
              sources.put(
                  source
                      .site()
                      .map(completions::sourceId)
                      .orElseGet(() -> completions.aeId(source.aeTitle().orElseThrow())),
                  new CompletionRule(
                      source.quiet().orElse(c.quiet()),
                      source.patience().orElse(c.patience()),
                      expected.isPresent() ? (Integer) expected.getAsInt() : null));
            });
    return new CompletionPolicy(new CompletionRule(c.quiet(), c.patience(), null), sources);
  }

  private void attempted(String destination, SendOutcome outcome) {
    meters
        .counter(
            "precordia.delivery.attempts",
            "destination",
            destination,
            "outcome",
            outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT))
        .increment();
  }

  private void watch(Running running) {
    for (DeliveryState state : new DeliveryState[] {DeliveryState.WAITING, DeliveryState.DEAD}) {
      Gauge.builder(
              "precordia.deliveries",
              running,
              r -> r.deliveries().outbox().counts().getOrDefault(state, 0L))
          .description("Deliveries that wait or are dead")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(meters);
    }
    for (CompletionState state :
        new CompletionState[] {CompletionState.OPEN, CompletionState.STUCK}) {
      Gauge.builder(
              "precordia.studies", running, r -> r.completions().counts().getOrDefault(state, 0L))
          .description("Studies that are not complete yet, or whose work is stuck")
          .tag("completion", state.name().toLowerCase(Locale.ROOT))
          .register(meters);
    }
  }

  /** Whether it runs. */
  boolean ready() {
    return opening.isDone() && !opening.isCompletedExceptionally();
  }

  /**
   * What runs.
   *
   * @throws PrecordiaException NOT_READY while the service starts or stops
   */
  Running running() {
    Running running = opening.isCompletedExceptionally() ? null : opening.getNow(null);
    if (running == null) {
      throw new PrecordiaException(
          ErrorCode.NOT_READY, "the service is starting or stopping; try again in a moment");
    }
    return running;
  }

  void stop(@Observes @Priority(1) ShutdownEvent event) {
    Running running = opening.isCompletedExceptionally() ? null : opening.getNow(null);
    if (running != null) {
      running.completion().close();
      running.deliveries().close();
    }
  }
}
