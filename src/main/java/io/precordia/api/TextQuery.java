package io.precordia.api;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.Encoder;
import io.precordia.model.explain.Query;
import io.precordia.study.Modality;
import io.precordia.train.eval.Calibration;
import io.precordia.train.eval.ContrastiveQueries;
import io.precordia.train.eval.PromptEnsemble;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import io.precordia.train.text.SentenceTemplates;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The direction that a text asks for: what asserts it minus what denies it, the latter as much as
 * it counts in the weights. A phrase of the training vocabulary gets its ensemble of sentences, any
 * other text is held against "No …". Thread-safe.
 */
final class TextQuery {
  private static final int CHARACTERS = 500;
  private final Encoder encoder;
  private final FactVocabulary facts = FactVocabulary.standard();
  private final ContrastiveQueries contrastive;

  /**
   * @param contrastive of the same weights; it may be shared
   */
  TextQuery(Encoder encoder, ContrastiveQueries contrastive) {
    this.encoder = encoder;
    this.contrastive = contrastive;
  }

  /** What queries to this encoder are held against. */
  static ContrastiveQueries contrastive(Encoder encoder, Calibration calibration) {
    return new ContrastiveQueries(
        FactVocabulary.standard(), encoder::embedTexts, calibration.denialWeight());
  }

  /**
   * @throws PrecordiaException INVALID_REQUEST without text, INVALID_ARGUMENT for a blank or long
   *     one
   */
  static String required(@Nullable String text) {
    if (text == null) {
      throw new PrecordiaException(ErrorCode.INVALID_REQUEST, "text is needed: what to look for");
    }
    if (text.isBlank() || text.length() > CHARACTERS) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "text needs 1 to " + CHARACTERS + " characters");
    }
    return text.strip();
  }

  /**
   * For contents of one modality: a phrase is looked for among its facts.
   *
   * @param specific whether the query is held against the other findings
   */
  Query of(Modality modality, String text, boolean specific) {
    Optional<Fact> known = fact(modality, text);
    float[] direction = direction(known, text);
    return specific
        ? contrastive.of(modality, direction, known.orElse(null))
        : Query.plain(direction);
  }

  /** For a whole study: a phrase is looked for among all facts, radiographs' first. */
  float[] direction(String text) {
    return direction(fact(Modality.XRAY, text).or(() -> fact(Modality.ECG, text)), text);
  }

  private float[] direction(Optional<Fact> known, String text) {
    List<String> assertions = known.map(SentenceTemplates::assertions).orElse(List.of(text));
    List<String> denials = known.map(SentenceTemplates::denials).orElse(List.of("No " + text));
    return PromptEnsemble.of(assertions, denials, encoder::embedTexts)
        .direction(contrastive.denialWeight());
  }

  private Optional<Fact> fact(Modality modality, String text) {
    String name = text.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
    return facts.of(modality).stream()
        .filter(
            f ->
                f.id().replace('-', ' ').equals(name.replace('-', ' '))
                    || f.phrases().stream().anyMatch(p -> p.equalsIgnoreCase(name)))
        .findFirst();
  }
}
