package io.precordia.serve;

import io.precordia.model.Encoder;
import io.precordia.study.Ecg;
import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A gate's encoder whose rows all use one adapter or sum of adapters; its provenance names them.
 */
final class AdaptedEncoder implements Encoder {
  private final EmbeddingGate gate;
  private final String id;
  private final List<ModelRef.AdapterRef> adapters;

  AdaptedEncoder(EmbeddingGate gate, String id, List<ModelRef.AdapterRef> adapters) {
    this.gate = gate;
    this.id = id;
    this.adapters = List.copyOf(adapters);
  }

  @Override
  public ModelRef ref() {
    ModelRef base = gate.ref();
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
  public float[][] embedXrays(List<Pixels> images) {
    return gate.pass(Modality.XRAY, images, id, false);
  }

  @Override
  public float[][] embedEcgs(List<Ecg> windows) {
    return gate.pass(Modality.ECG, windows, id, false);
  }

  @Override
  public float[][] embedTexts(List<String> texts) {
    return gate.pass(Modality.REPORT, texts, id, false);
  }

  @Override
  public void close() {
    // the gate belongs to whoever opened it
  }
}
