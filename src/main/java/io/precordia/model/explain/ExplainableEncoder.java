package io.precordia.model.explain;

import io.precordia.model.Encoder;
import io.precordia.study.Content;
import org.jspecify.annotations.Nullable;

/**
 * An encoder that can say where it looked. Thread-safe; a call differentiates one input and takes
 * about as long as ten embeddings.
 */
public interface ExplainableEncoder extends Encoder {
  /**
   * @param content a radiograph, or one window of an ECG
   * @param query of length {@link #dimension()}
   * @param adapter digest of a registered adapter to explain under, null for none
   * @throws io.precordia.error.PrecordiaException UNSUPPORTED_MODALITY for a report;
   *     NOT_EXPLAINABLE if the backend cannot differentiate
   */
  Explanation explain(
      Content content, Query query, ExplanationMethod method, @Nullable String adapter);
}
