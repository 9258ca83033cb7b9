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

  private Engine(Workspace workspace, EmbeddingGate gate, Calibration calibration) {
    FileDecoder decoder = StandardDecoders.create();
    this.workspace = workspace;
    this.gate = gate;
    this.intake = new StudyIntake(workspace.ingest());
    this.embeddings = new Embeddings(gate, decoder);
    this.searches = new Searches(workspace, embeddings);
    this.classification = new Classification(gate, calibration);
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
      return new Engine(workspace, gate, Calibration.read(config.model()));
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
