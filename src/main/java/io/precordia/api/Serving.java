package io.precordia.api;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.FileDecoder;
import io.precordia.model.Encoder;
import io.precordia.model.explain.ExplainableEncoder;
import io.precordia.serve.EmbeddingGate;
import io.precordia.serve.adapters.AdapterRegistry;
import io.precordia.study.ModelRef;
import io.precordia.train.eval.Calibration;
import io.precordia.workspace.Generation;
import io.precordia.workspace.Workspace;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** One generation with everything that answers by its model. */
final class Serving {
  private final Workspace workspace;
  private final FileDecoder decoder;
  private final EmbeddingGate gate;
  private final Generation generation;
  private final @Nullable AdapterRegistry adapters;
  private final Embeddings embeddings;
  private final Searches searches;
  private final Classification classification;
  private final Explanations explanations;
  private final @Nullable ExplainableEncoder explainer;
  private final Semaphore explaining = new Semaphore(1);

  Serving(
      Workspace workspace,
      FileDecoder decoder,
      EmbeddingGate gate,
      Generation generation,
      Calibration calibration,
      @Nullable AdapterRegistry adapters) {
    this.workspace = workspace;
    this.decoder = decoder;
    this.gate = gate;
    this.generation = generation;
    this.adapters = adapters;
    this.embeddings = new Embeddings(gate, decoder);
    this.searches = new Searches(workspace, generation.index(), embeddings);
    this.classification = new Classification(gate, calibration);
    this.explainer =
        gate.adaptable()
            .filter(ExplainableEncoder.class::isInstance)
            .map(ExplainableEncoder.class::cast)
            .orElse(null);
    this.explanations = new Explanations(gate, explainer, null, explaining);
  }

  EmbeddingGate gate() {
    return gate;
  }

  Embeddings embeddings() {
    return embeddings;
  }

  Searches searches() {
    return searches;
  }

  Classification classification() {
    return classification;
  }

  AdapterRegistry adapters() {
    if (adapters == null) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "the model " + gate.ref().id() + " takes no adapters");
    }
    return adapters;
  }

  /** Empty if another generation has taken this one's place. */
  Optional<Questions> ask(@Nullable String model) {
    if (!generation.enter()) {
      return Optional.empty();
    }
    try {
      ModelAddress address = ModelAddress.parse(model, gate.ref().id());
      if (address.adapter() == null) {
        return Optional.of(
            new Questions(embeddings, searches, classification, explanations, generation::leave));
      }
      AdapterRegistry.Lease lease = adapters().lease(address.adapter());
      Encoder encoder =
          gate.adapted(new ModelRef.AdapterRef(lease.version().name(), lease.version().sha256()));
      Embeddings adapted = new Embeddings(encoder, decoder);
      // The calibration belongs to the plain weights; under an adapter there is none.
      return Optional.of(
          new Questions(
              adapted,
              new Searches(workspace, generation.index(), adapted),
              new Classification(encoder, Calibration.NONE),
              new Explanations(encoder, explainer, lease.version().sha256(), explaining),
              () -> {
                lease.close();
                generation.leave();
              }));
    } catch (RuntimeException | Error e) {
      generation.leave();
      throw e;
    }
  }
}
