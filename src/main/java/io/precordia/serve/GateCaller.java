package io.precordia.serve;

import io.precordia.model.Encoder;
import io.precordia.study.Ecg;
import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** A gate's encoder as one caller sees it: under an adapter, patiently, or as long as asked for. */
final class GateCaller implements Encoder {
  private final EmbeddingGate gate;
  private final Terms terms;
  private final Runnable onClose;

  /**
   * How the caller's items are run.
   *
   * @param id what the encoder knows the adapter or sum of adapters of all its items by; empty for
   *     none
   * @param adapters those that take part, for provenance
   * @param routing what its router chose
   * @param patient waits where others are refused
   */
  record Terms(
      String id,
      List<ModelRef.AdapterRef> adapters,
      RoutingRecord routing,
      boolean patient,
      Cancellation cancellation) {
    Terms {
      adapters = List.copyOf(adapters);
    }

    /** Without adapters. */
    static Terms plain(boolean patient, Cancellation cancellation) {
      return new Terms("", List.of(), new RoutingRecord(List.of()), patient, cancellation);
    }
  }

  GateCaller(EmbeddingGate gate, Terms terms, Runnable onClose) {
    this.gate = gate;
    this.terms = terms;
    this.onClose = onClose;
  }

  @Override
  public ModelRef ref() {
    return adapted(gate.ref(), terms.routing().all());
  }

  @Override
  public ModelRef ref(Modality modality) {
    return adapted(gate.ref(modality), terms.routing().all());
  }

  @Override
  public ModelRef ref(Modality modality, List<float[]> vectors) {
    return adapted(gate.ref(modality, vectors), terms.routing().of(vectors));
  }

  private ModelRef adapted(ModelRef base, List<ModelRef.AdapterRef> chosen) {
    if (terms.adapters().isEmpty()) {
      return base;
    }
    List<ModelRef.AdapterRef> adapters = new ArrayList<>(terms.adapters());
    adapters.addAll(chosen);
    return new ModelRef(base.id(), base.version(), base.sha256(), adapters, base.preprocessing());
  }

  @Override
  public int dimension() {
    return gate.dimension();
  }

  @Override
  public float temperature() {
    return gate.temperature();
  }

  @Override
  public OptionalDouble logitBias() {
    return gate.logitBias();
  }

  @Override
  public Set<Modality> modalities() {
    return gate.modalities();
  }

  @Override
  public int tokens(Modality modality, Object item) {
    return gate.tokens(modality, item);
  }

  @Override
  public float[][] embedXrays(List<Pixels> images) {
    return gate.pass(Modality.XRAY, images, terms);
  }

  @Override
  public float[][] embedEcgs(List<Ecg> windows) {
    return gate.pass(Modality.ECG, windows, terms);
  }

  @Override
  public float[][] embedTexts(List<String> texts) {
    return gate.pass(Modality.REPORT, texts, terms);
  }

  @Override
  public void close() {
    onClose.run();
  }
}
