package io.precordia.train.eval;

import io.precordia.study.Modality;
import io.precordia.train.data.Corpora;
import io.precordia.train.data.StudySample;
import io.precordia.train.metrics.Abstention;
import io.precordia.train.metrics.PlattScaling;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import io.precordia.train.text.SentenceTemplates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Platt scaling of zero-shot contrasts on real studies; simulated ones take no part, and a fact
 * with too few known answers of either kind is left out. On the same studies it chooses when to
 * abstain (80 % are answered), and from texts alone what counts as a trained label.
 */
public final class Calibrator {
  private static final int LEAST = 10;
  private static final double COVERAGE = 0.8;
  private final FactVocabulary facts;
  private final int[] trainingPositives;

  /**
   * @param trainingPositives by fact index
   */
  public Calibrator(FactVocabulary facts, int[] trainingPositives) {
    this.facts = facts;
    this.trainingPositives = trainingPositives.clone();
  }

  public Calibration fit(String split, Corpora data, BranchEmbedder embedder) {
    List<StudySample> films = new ArrayList<>(data.kermany());
    films.addAll(data.nih());
    List<Calibration.Label> labels = new ArrayList<>();
    fit(Modality.XRAY, films, embedder, labels);
    fit(Modality.ECG, data.ptbxl(), embedder, labels);
    VocabularyFit vocabulary = new VocabularyFit(facts);
    return new Calibration(
        split,
        labels,
        List.of(vocabulary.fit(Modality.XRAY, embedder), vocabulary.fit(Modality.ECG, embedder)));
  }

  private void fit(
      Modality modality,
      List<StudySample> studies,
      BranchEmbedder embedder,
      List<Calibration.Label> out) {
    if (studies.isEmpty()) {
      return;
    }
    Gallery gallery = Gallery.of(modality, studies, embedder);
    Map<String, double[]> scores = new HashMap<>();
    List<Calibration.Label> scaled = new ArrayList<>();
    for (Fact fact : facts.of(modality)) {
      double[] all = gallery.scores(PromptEnsemble.of(fact, embedder).contrast());
      scores.put(fact.id(), all);
      KnownAnswers known = KnownAnswers.of(fact, modality, studies, all);
      int records = known.scores().length;
      int positives = known.positives();
      if (positives >= LEAST && records - positives >= LEAST) {
        PlattScaling scaling = PlattScaling.fit(known.scores(), known.present());
        if (scaling.slope() > 0) {
          scaled.add(label(fact, modality, scaling, known));
        }
      }
    }
    // Thresholds of abstention are those of the probabilities that are answered, bounds included.
    Calibration bounds = new Calibration("", scaled);
    for (Calibration.Label label : scaled) {
      double[] presence = bounds.presences(label, scores);
      KnownAnswers known = KnownAnswers.of(facts.get(label.fact()), modality, studies, presence);
      out.add(label.with(Abstention.fit(known.scores(), COVERAGE)));
    }
  }

  private Calibration.Label label(
      Fact fact, Modality modality, PlattScaling scaling, KnownAnswers known) {
    return new Calibration.Label(
        fact.id(),
        modality,
        fact.phrases().stream().map(p -> p.toLowerCase(Locale.ROOT)).toList(),
        SentenceTemplates.assertions(fact),
        SentenceTemplates.denials(fact),
        scaling,
        known.scores().length,
        known.positives(),
        null,
        trainingPositives[fact.index()],
        broader(fact));
  }

  /** Everything that a fact implies. */
  private List<String> broader(Fact fact) {
    Set<String> out = new LinkedHashSet<>();
    for (String parent : fact.parents()) {
      out.add(parent);
      out.addAll(broader(facts.get(parent)));
    }
    return List.copyOf(out);
  }
}
