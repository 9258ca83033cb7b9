package io.precordia.api;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.FileDecoder;
import io.precordia.model.Encoder;
import io.precordia.model.explain.ExplainableEncoder;
import io.precordia.serve.Cancellation;
import io.precordia.serve.EmbeddingGate;
import io.precordia.serve.adapters.AdapterMix;
import io.precordia.serve.adapters.AdapterRegistry;
import io.precordia.serve.adapters.AdapterUse;
import io.precordia.train.eval.Calibration;
import io.precordia.train.eval.ContrastiveQueries;
import io.precordia.workspace.Generation;
import io.precordia.workspace.Workspace;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
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
  private final @Nullable ExplainableEncoder explainer;
  private final Calibration calibration;
  private final ContrastiveQueries contrastive;
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
    this.calibration = calibration;
    this.contrastive = TextQuery.contrastive(gate, calibration);
    this.explainer =
        gate.adaptable()
            .filter(ExplainableEncoder.class::isInstance)
            .map(ExplainableEncoder.class::cast)
            .orElse(null);
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

  /**
   * Empty if another generation has taken this one's place.
   *
   * @param byDefault adapters where the address names none, null for none
   */
  Optional<Questions> ask(
      @Nullable String model, @Nullable String byDefault, Cancellation cancellation) {
    if (!generation.enter()) {
      return Optional.empty();
    }
    try {
      ModelAddress address = ModelAddress.parse(model, gate.ref().id(), branches());
      AdapterMix mix = address.mix(byDefault);
      if (mix == null) {
        Encoder wanted = gate.until(cancellation);
        Embeddings own = new Embeddings(wanted, decoder);
        return Optional.of(
            new Questions(
                own,
                new Searches(workspace, generation.index(), own),
                classification.by(wanted),
                new Explanations(wanted, explainer, null, contrastive, explaining),
                generation::leave));
      }
      AdapterUse use = address.adapter() == null ? byRule(mix) : adapters().use(mix);
      Encoder encoder = gate.adapted(use.id(), use.adapters(), use.members(), cancellation);
      Embeddings adapted = new Embeddings(encoder, decoder);
      // Probabilities belong to the plain weights; under an adapter there are none.
      return Optional.of(
          new Questions(
              adapted,
              new Searches(workspace, generation.index(), adapted),
              new Classification(encoder, Calibration.NONE),
              new Explanations(
                  encoder,
                  explainer,
                  use.id(),
                  TextQuery.contrastive(encoder, calibration),
                  explaining),
              () -> {
                use.close();
                generation.leave();
              }));
    } catch (RuntimeException | Error e) {
      generation.leave();
      throw e;
    }
  }

  /** Ids of the models of the modalities. */
  Set<String> branches() {
    return gate.modalities().stream().map(m -> gate.ref(m).id()).collect(Collectors.toSet());
  }

  private AdapterUse byRule(AdapterMix mix) {
    try {
      return adapters().use(mix);
    } catch (PrecordiaException e) {
      if (e.code() != ErrorCode.NOT_FOUND) {
        throw e;
      }
      throw new PrecordiaException(
          ErrorCode.NOT_FOUND,
          "precordia.adapters.defaults names an adapter that is not there; bring it in with PUT"
              + " /v1/adapters/NAME, or ask MODEL@none",
          e);
    }
  }
}
