package io.precordia.serve;

import io.precordia.model.Encoder;
import io.precordia.study.Ecg;
import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** A gate's encoder for background work: it waits where interactive callers are refused. */
final class PatientEncoder implements Encoder {
  private final EmbeddingGate gate;
  private final Runnable onClose;

  PatientEncoder(EmbeddingGate gate, Runnable onClose) {
    this.gate = gate;
    this.onClose = onClose;
  }

  @Override
  public ModelRef ref() {
    return gate.ref();
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
    return gate.pass(Modality.XRAY, images, "", true);
  }

  @Override
  public float[][] embedEcgs(List<Ecg> windows) {
    return gate.pass(Modality.ECG, windows, "", true);
  }

  @Override
  public float[][] embedTexts(List<String> texts) {
    return gate.pass(Modality.REPORT, texts, "", true);
  }

  @Override
  public void close() {
    onClose.run();
  }
}
