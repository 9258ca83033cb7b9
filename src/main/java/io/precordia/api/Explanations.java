package io.precordia.api;

import io.precordia.api.view.ExplanationAnswer;
import io.precordia.ecg.EcgWindows;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.Encoder;
import io.precordia.model.explain.ExplainableEncoder;
import io.precordia.model.explain.Explanation;
import io.precordia.model.explain.ExplanationMethod;
import io.precordia.model.explain.Query;
import io.precordia.study.Content;
import io.precordia.study.Ecg;
import io.precordia.study.Report;
import io.precordia.train.eval.Calibration;
import io.precordia.train.eval.ContrastiveQueries;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a model looks. A map is made when it is asked for and kept nowhere. One at a time: a pass
 * with gradients needs many times the memory of an embedding. Thread-safe.
 */
public final class Explanations {
  private static final long PATIENCE_SECONDS = 10;
  private final Encoder encoder;
  private final @Nullable ExplainableEncoder explainer;
  private final @Nullable String adapter;
  private final TextQuery queries;
  private final Semaphore turn;

  /**
   * @param encoder answers text queries; its provenance is that of the maps
   * @param explainer the model itself, null if it cannot explain
   * @param adapter digest of the adapter that {@code encoder} uses, null for none
   * @param contrastive what queries are held against, of the same weights
   * @param turn shared by all that use the same model
   */
  Explanations(
      Encoder encoder,
      @Nullable ExplainableEncoder explainer,
      @Nullable String adapter,
      ContrastiveQueries contrastive,
      Semaphore turn) {
    this.encoder = encoder;
    this.explainer = explainer;
    this.adapter = adapter;
    this.queries = new TextQuery(encoder, contrastive);
    this.turn = turn;
  }

  /** For a model that nobody shares. */
  public static Explanations of(Encoder encoder, Calibration calibration) {
    return new Explanations(
        encoder,
        encoder instanceof ExplainableEncoder e ? e : null,
        null,
        TextQuery.contrastive(encoder, calibration),
        new Semaphore(1));
  }

  /**
   * A map with what it is a map of.
   *
   * @param content the radiograph, or the window of the ECG that was explained
   */
  public record Explained(Content content, Explanation explanation) {
    /** PNG: the film in grey under the map, or the tracing on tinted paper. */
    public byte[] png() {
      return Overlays.png(content, explanation.map().normalised());
    }
  }

  /**
   * @param text what to look for
   * @throws PrecordiaException UNSUPPORTED_MODALITY for a report, NOT_EXPLAINABLE if the model
   *     cannot, BUSY if others wait for too long, INVALID_REQUEST and INVALID_ARGUMENT for the text
   */
  public Explained explain(Content content, @Nullable String text, ExplanationMethod method) {
    String asked = TextQuery.required(text);
    if (content instanceof Report) {
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_MODALITY, "radiographs and ECGs are explained, reports are not");
    }
    if (explainer == null) {
      throw new PrecordiaException(
          ErrorCode.NOT_EXPLAINABLE,
          "the model " + encoder.ref().id() + " does not give its attention; use a MoRE model");
    }
    Content shown = content instanceof Ecg ecg ? new EcgWindows().cut(ecg).getFirst() : content;
    Query query =
        queries.of(
            content.modality(),
            asked,
            method == ExplanationMethod.RELEVANCE && content instanceof Ecg);
    begin();
    try {
      return new Explained(shown, explainer.explain(shown, query, method, adapter));
    } finally {
      turn.release();
    }
  }

  TextQuery queries() {
    return queries;
  }

  private void begin() {
    try {
      if (!turn.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new PrecordiaException(
            ErrorCode.BUSY, "other explanations are being made; try again in a few seconds");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PrecordiaException(ErrorCode.NOT_READY, "the request was interrupted", e);
    }
  }

  /** The numbers. */
  public ExplanationAnswer answer(Explained explained) {
    return ExplanationAnswer.of(
        explained.content().modality(), explained.explanation(), encoder.ref());
  }
}
