package io.precordia.api;

import io.precordia.ingest.FileDecoder;
import io.precordia.ingest.IngestLimits;
import io.precordia.ingest.IngestOptions;
import io.precordia.ingest.StandardDecoders;
import io.precordia.serve.EmbeddingGate;
import io.precordia.serve.GateLimits;
import io.precordia.serve.GateListener;
import io.precordia.serve.ModelFolder;
import io.precordia.serve.WarmUp;
import io.precordia.store.MasterKey;
import io.precordia.train.eval.Calibration;
import io.precordia.workspace.Workspace;
import io.precordia.workspace.WorkspaceOptions;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.Encoder;
import io.precordia.serve.adapters.AdapterRegistry;
import io.precordia.study.ModelRef;
import org.jspecify.annotations.Nullable;

/**
 * An opened data directory behind an embedding gate, with what the doors do on it. The service has
 * one; so has a command with --data.
 */
public final class Engine implements AutoCloseable {
  private final Workspace workspace;
  private final EmbeddingGate gate;
  private final StudyIntake intake;
  private final Embeddings embeddings;
  private final Searches searches;
  private final Classification classification;
  private final FileDecoder decoder = StandardDecoders.create();
  private final @Nullable AdapterRegistry adapters;

  private Engine(
      Workspace workspace,
      EmbeddingGate gate,
      Calibration calibration,
      @Nullable AdapterRegistry adapters) {
    this.workspace = workspace;
    this.gate = gate;
    this.intake = new StudyIntake(workspace.ingest());
    this.embeddings = new Embeddings(gate, decoder);
    this.searches = new Searches(workspace, embeddings);
    this.classification = new Classification(gate, calibration);
    this.adapters = adapters;
  }

  /**
   * Loads the model, opens the data directory, and warms up if the configuration says so.
   *
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS, CONFLICT, CORRUPT_STORE,
   *     INVALID_CONFIGURATION, STORAGE_FULL
   */
  public static Engine open(PrecordiaConfig config, GateListener listener) {
    GateLimits limits =
        new GateLimits(
            config.embed().maxBatch(),
            config.embed().maxDelay(),
            config.embed().maxQueued(),
            config.embed().workers());
    EmbeddingGate gate = new EmbeddingGate(ModelFolder.open(config.model()), limits, listener);
    @Nullable Workspace workspace = null;
    try {
      workspace = Workspace.open(config.data(), gate::patient, options(config));
      if (config.embed().warmUp()) {
        WarmUp.run(gate);
      }
      @Nullable AdapterRegistry adapters =
          gate.adaptable()
              .map(encoder -> new AdapterRegistry(config.data().resolve("adapters"), encoder))
              .orElse(null);
      return new Engine(workspace, gate, Calibration.read(config.model()), adapters);
    } catch (RuntimeException | Error e) {
      if (workspace != null) {
        workspace.close();
      }
      gate.close();
      throw e;
    }
  }

  private static WorkspaceOptions options(PrecordiaConfig config) {
    @Nullable MasterKey key = config.masterKeyFile().map(MasterKey::openOrCreate).orElse(null);
    IngestLimits standard = IngestLimits.DEFAULT;
    IngestLimits limits =
        new IngestLimits(
            config.upload().maxFile().asLongValue(),
            config.ingest().maxQueued(),
            standard.queuedBytes(),
            standard.freeBytes());
    IngestOptions ingest =
        new IngestOptions(
            limits,
            config.embed().maxBatch(),
            config.ingest().workers(),
            IngestOptions.DEFAULT.decodeTime());
    return new WorkspaceOptions(key, ingest);
  }

  public Workspace workspace() {
    return workspace;
  }

  public EmbeddingGate gate() {
    return gate;
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
    if (adapters == null) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "the model " + gate.ref().id() + " takes no adapters");
    }
    return adapters;
  }

  /**
   * What can be asked of the addressed model; to be closed after the answer.
   *
   * @param model ID or ID@ADAPTER; null for the service's own
   * @throws PrecordiaException NOT_FOUND, INVALID_ARGUMENT
   */
  public Questions ask(@Nullable String model) {
    ModelAddress address = ModelAddress.parse(model, gate.ref().id());
    if (address.adapter() == null) {
      return new Questions(embeddings, searches, classification, null);
    }
    AdapterRegistry.Lease lease = adapters().lease(address.adapter());
    Encoder encoder =
        gate.adapted(
            new ModelRef.AdapterRef(lease.version().name(), lease.version().sha256()));
    Embeddings adapted = new Embeddings(encoder, decoder);
    // The calibration belongs to the plain weights; under an adapter there is none.
    return new Questions(
        adapted,
        new Searches(workspace, adapted),
        new Classification(encoder, Calibration.NONE),
        lease);
  }

  public Embeddings embeddings() {
    return embeddings;
  }

  public Searches searches() {
    return searches;
  }

  public Classification classification() {
    return classification;
  }

  /** Ingest first, then the store, then the encoder. */
  @Override
  public void close() {
    workspace.close();
    gate.close();
  }
}
