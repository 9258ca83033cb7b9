package io.precordia.model;

import io.precordia.study.Ecg;
import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Encodes the three modalities, into one space unless {@link #comparable} says otherwise. Every
 * returned vector has {@link #dimension()} finite values and unit L2 norm. Implementations are
 * thread-safe; a call runs as one batch.
 */
public interface Encoder extends AutoCloseable {
  ModelRef ref();

  /** What makes the vectors of one modality: the model's part that serves it. */
  default ModelRef ref(Modality modality) {
    return ref();
  }

  /**
   * What made some vectors that this encoder returned for one item. It differs from {@link
   * #ref(Modality)} where a router chose adapters by the item itself.
   *
   * @param vectors the very arrays that were returned
   */
  default ModelRef ref(Modality modality, List<float[]> vectors) {
    return ref(modality);
  }

  /** Whether vectors of two modalities lie in one space, so that they may be compared. */
  default boolean comparable(Modality one, Modality other) {
    return ref(one).sha256().equals(ref(other).sha256());
  }

  int dimension();

  /**
   * Temperature τ of the contrastive objective: a probability over texts is softmax(cosine / τ).
   */
  float temperature();

  /**
   * Bias of a model that was trained pair by pair (SigLIP): the probability that a text fits is
   * σ(cosine / τ + bias), each text by itself. Empty for models trained by softmax.
   */
  default OptionalDouble logitBias() {
    return OptionalDouble.empty();
  }

  /** What it has a tower for; anything else is refused with UNSUPPORTED_MODALITY. */
  default Set<Modality> modalities() {
    return EnumSet.allOf(Modality.class);
  }

  /**
   * Tokens that one item takes in a pass, at least 1: a text's tokens after truncation, the patches
   * of an image or a signal. Cheap beside a pass.
   *
   * @param item pixels, an ECG window or a string, as the modality says
   */
  default int tokens(Modality modality, Object item) {
    return 1;
  }

  float[][] embedXrays(List<Pixels> images);

  /** Each recording is one window; longer ones are cut by {@code ecg} before. */
  float[][] embedEcgs(List<Ecg> windows);

  float[][] embedTexts(List<String> texts);

  @Override
  void close();
}
