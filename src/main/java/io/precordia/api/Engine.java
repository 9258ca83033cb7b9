package io.precordia.api;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.FileDecoder;
import io.precordia.ingest.IngestLimits;
import io.precordia.ingest.IngestOptions;
import io.precordia.ingest.StandardDecoders;
import io.precordia.serve.BranchFolders;
import io.precordia.serve.Cancellation;
import io.precordia.serve.EmbeddingGate;
import io.precordia.serve.GateLimits;
import io.precordia.serve.GateListener;
import io.precordia.serve.ModelFolder;
import io.precordia.serve.WarmUp;
import io.precordia.serve.Yielding;
import io.precordia.serve.adapters.AdapterRegistry;
import io.precordia.store.MasterKey;
import io.precordia.train.eval.Calibration;
import io.precordia.workspace.Generation;
import io.precordia.workspace.ModelChoice;
import io.precordia.workspace.Workspace;
import io.precordia.workspace.WorkspaceOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An opened data directory behind an embedding gate, with what the doors do on it. The service has
 * one; so has a command with --data.
 */
public final class Engine implements AutoCloseable {
  private final Workspace workspace;
  private final StudyIntake intake;
  private final GateLimits limits;
  private final Duration yield;
  private final BranchFolders configured;
  private final GateListener listener;
  private final DefaultAdapters defaults;
  private final Exports exports;
  private final FileDecoder decoder = StandardDecoders.create();
  private volatile Serving serving;
  private volatile @Nullable String loading;

  private Engine(
      Workspace workspace,
      EmbeddingGate gate,
      OwnModel own,
      PrecordiaConfig config,
      GateListener listener,
      DefaultAdapters defaults) {
    this.workspace = workspace;
    this.intake = new StudyIntake(workspace.ingest());
    this.limits = limits(config.embed());
    this.yield = config.embed().yield();
    this.configured = OwnModel.folders(config);
    this.listener = listener;
    this.defaults = defaults;
    this.exports = new Exports(workspace, config.deidentification().all());
    this.serving =
        serving(gate, own.calibration(), workspace.generation(), registry(gate, workspace));
  }

  private static GateLimits limits(PrecordiaConfig.Embed embed) {
    return new GateLimits(
        embed.maxBatch(),
        embed.maxTokens(),
        embed.maxDelay(),
        embed.maxQueued(),
        embed.workers(),
        embed.maxWait());
  }

  private Serving serving(
      EmbeddingGate gate,
      Calibration calibration,
      Generation generation,
      @Nullable AdapterRegistry adapters) {
    return new Serving(workspace, decoder, gate, generation, calibration, adapters);
  }

  private static @Nullable AdapterRegistry registry(EmbeddingGate gate, Workspace workspace) {
    return gate.adaptable()
        .map(encoder -> new AdapterRegistry(workspace.directory().resolve("adapters"), encoder))
        .orElse(null);
  }

  /**
   * Loads the model, opens the data directory, and warms up if the configuration says so.
   *
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS, CONFLICT, CORRUPT_STORE,
   *     INVALID_CONFIGURATION, STORAGE_FULL
   */
  public static Engine open(PrecordiaConfig config, GateListener listener) {
    DefaultAdapters defaults = DefaultAdapters.of(config.adapters());
    OwnModel own = OwnModel.open(config);
    EmbeddingGate gate = new EmbeddingGate(own.encoder(), limits(config.embed()), listener);
    @Nullable Workspace workspace = null;
    try {
      if (!defaults.rules().isEmpty() && gate.adaptable().isEmpty()) {
        throw new PrecordiaException(
            ErrorCode.INVALID_CONFIGURATION,
            "precordia.adapters.defaults is set, but the model takes no adapters");
      }
      workspace = Workspace.open(config.data(), gate::owned, options(config));
      if (own.overrides()) {
        ModelChoice.forget(config.data());
      }
      if (config.embed().warmUp()) {
        WarmUp.run(gate);
      }
      return new Engine(workspace, gate, own, config, listener, defaults);
    } catch (RuntimeException | Error e) {
      if (workspace != null) {
        workspace.close();
      }
      gate.close();
      throw e;
    }
  }

  /**
   * Puts the model of another folder in the place of this one, for the next starts too. Questions
   * go on being answered by the old one until everything that is kept has been embedded by the new
   * one.
   *
   * @param name what {@link #loading()} says meanwhile
   * @return completed at the exchange
   * @throws PrecordiaException BAD_WEIGHTS if the folder cannot be opened, CONFLICT while another
   *     exchange is under way or when modalities have folders of their own
   */
  public CompletableFuture<Void> load(String name, Path folder) {
    if (configured.split()) {
      throw new PrecordiaException(
          ErrorCode.CONFLICT,
          "the configuration names a model for each modality; change precordia.model.xray, .ecg or .report and start again");
    }
    EmbeddingGate gate =
        new EmbeddingGate(
            ModelFolder.open(folder), limits, listener, new Yielding(this::gate, yield));
    try {
      WarmUp.run(gate);
      @Nullable AdapterRegistry adapters = registry(gate, workspace);
      Calibration calibration = Calibration.read(folder);
      CompletableFuture<Void> done =
          workspace.succeed(
              gate.owned(),
              new ModelChoice(
                  name,
                  folder.toAbsolutePath().normalize().toString(),
                  gate.ref().sha256(),
                  configured.description()),
              generation -> {
                if (adapters != null) {
                  adapters.refresh(); // what was brought in or erased while the store was embedded
                }
                serving = serving(gate, calibration, generation, adapters);
              });
      loading = name;
      return done.whenComplete((nothing, failure) -> loading = null);
    } catch (RuntimeException | Error e) {
      gate.close();
      throw e;
    }
  }

  /** Name of the model that is being prepared to take over; null if none is. */
  public @Nullable String loading() {
    return loading;
  }

  private static WorkspaceOptions options(PrecordiaConfig config) {
    @Nullable MasterKey key = config.masterKeyFile().map(MasterKey::openOrCreate).orElse(null);
    IngestLimits standard = IngestLimits.DEFAULT;
    IngestLimits limits =
        new IngestLimits(
            config.upload().maxFile().asLongValue(),
            config.ingest().maxQueued(),
            standard.queuedBytes(),
            config.ingest().minFree().asLongValue());
    IngestOptions ingest =
        new IngestOptions(
            limits,
            config.embed().maxBatch(),
            config.ingest().workers(),
            IngestOptions.DEFAULT.decodeTime(),
            config.identity().rules());
    return new WorkspaceOptions(key, ingest, config.catalogue().maxCached());
  }

  /** Adapters of questions that name none. */
  public DefaultAdapters defaults() {
    return defaults;
  }

  /** Files out. */
  public Exports exports() {
    return exports;
  }

  public Workspace workspace() {
    return workspace;
  }

  public EmbeddingGate gate() {
    return serving.gate();
  }

  public StudyIntake intake() {
    return intake;
  }

  /**
   * Adapters of the service's model.
   *
   * @throws PrecordiaException INVALID_ARGUMENT if the model takes none
   */
  public AdapterRegistry adapters() {
    return serving.adapters();
  }

  /** Whether an id names the service's model or that of a modality. */
  boolean isOwn(String id) {
    return ModelAddress.names(id, gate().ref().id())
        || serving.branches().stream().anyMatch(branch -> ModelAddress.names(id, branch));
  }

  /**
   * What can be asked of the addressed model; to be closed after the answer.
   *
   * @param model ID or ID@ADAPTER; null for the service's own
   * @param cancellation when the answer is not wanted any more
   * @throws PrecordiaException NOT_FOUND, INVALID_ARGUMENT
   */
  public Questions ask(@Nullable String model, Cancellation cancellation) {
    return ask(model, null, cancellation);
  }

  /**
   * {@link #ask(String, Cancellation)} about something that is kept.
   *
   * @param byDefault adapters that {@link #defaults()} give it, null for none; used where the
   *     address names none
   */
  public Questions ask(
      @Nullable String model, @Nullable String byDefault, Cancellation cancellation) {
    while (true) {
      Optional<Questions> questions = serving.ask(model, byDefault, cancellation);
      if (questions.isPresent()) {
        return questions.get();
      }
    }
  }

  public Embeddings embeddings() {
    return serving.embeddings();
  }

  public Searches searches() {
    return serving.searches();
  }

  public Classification classification() {
    return serving.classification();
  }

  /** Ingest first, then the store, then the encoder. */
  @Override
  public void close() {
    workspace.close();
  }
}
