package io.precordia.api;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.FileDecoder;
import io.precordia.model.Encoder;
import io.precordia.serve.Cancellation;
import io.precordia.serve.EmbeddingGate;
import io.precordia.serve.adapters.AdapterRegistry;
import io.precordia.study.ModelRef;
import io.precordia.train.eval.Calibration;
import io.precordia.workspace.Generation;
import io.precordia.workspace.Workspace;
import java.util.Optional;
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
  Optional<Questions> ask(@Nullable String model, Cancellation cancellation) {
    if (!generation.enter()) {
      return Optional.empty();
    }
    try {
      ModelAddress address = ModelAddress.parse(model, gate.ref().id());
      if (address.adapter() == null) {
        Encoder wanted = gate.until(cancellation);
        Embeddings own = new Embeddings(wanted, decoder);
        return Optional.of(
            new Questions(
                own,
                new Searches(workspace, generation.index(), own),
                classification.by(wanted),
                generation::leave));
      }
      AdapterRegistry.Lease lease = adapters().lease(address.adapter());
      Encoder encoder =
          gate.adapted(
              new ModelRef.AdapterRef(lease.version().name(), lease.version().sha256()),
              cancellation);
      Embeddings adapted = new Embeddings(encoder, decoder);
      // The calibration belongs to the plain weights; under an adapter there is none.
      return Optional.of(
          new Questions(
              adapted,
              new Searches(workspace, generation.index(), adapted),
              new Classification(encoder, Calibration.NONE),
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
