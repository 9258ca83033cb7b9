package io.precordia.serve;

import io.precordia.model.Encoder;
import io.precordia.study.Ecg;
import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** A gate's encoder whose rows all use one adapter; its provenance names it. */
final class AdaptedEncoder implements Encoder {
  private final EmbeddingGate gate;
  private final ModelRef.AdapterRef adapter;

  AdaptedEncoder(EmbeddingGate gate, ModelRef.AdapterRef adapter) {
    this.gate = gate;
    this.adapter = adapter;
  }

  @Override
  public ModelRef ref() {
    ModelRef base = gate.ref();
    return new ModelRef(
        base.id(), base.version(), base.sha256(), List.of(adapter), base.preprocessing());
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
    return gate.pass(Modality.XRAY, images, adapter.sha256(), false);
  }

  @Override
  public float[][] embedEcgs(List<Ecg> windows) {
    return gate.pass(Modality.ECG, windows, adapter.sha256(), false);
  }

  @Override
  public float[][] embedTexts(List<String> texts) {
    return gate.pass(Modality.REPORT, texts, adapter.sha256(), false);
  }

  @Override
  public void close() {
    // the gate belongs to whoever opened it
  }
}
