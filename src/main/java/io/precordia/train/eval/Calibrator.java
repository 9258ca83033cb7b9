package io.precordia.train.eval;

import io.precordia.study.Modality;
import io.precordia.train.data.Corpora;
import io.precordia.train.data.StudySample;
import io.precordia.train.metrics.PlattScaling;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import io.precordia.train.text.SentenceTemplates;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Platt scaling of zero-shot contrasts on real studies; simulated ones take no part, and a fact
 * with too few known answers of either kind is left out.
 */
final class Calibrator {
  private static final int LEAST = 10;
  private final FactVocabulary facts;

  Calibrator(FactVocabulary facts) {
    this.facts = facts;
  }

  Calibration fit(String split, Corpora data, BranchEmbedder embedder) {
    List<StudySample> films = new ArrayList<>(data.kermany());
    films.addAll(data.nih());
    List<Calibration.Label> labels = new ArrayList<>();
    fit(Modality.XRAY, films, embedder, labels);
    fit(Modality.ECG, data.ptbxl(), embedder, labels);
    return new Calibration(split, labels);
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
    for (Fact fact : facts.of(modality)) {
      double[] all = gallery.scores(PromptEnsemble.of(fact, embedder).contrast());
      KnownAnswers known = KnownAnswers.of(fact, modality, studies, all);
      int records = known.scores().length;
      int positives = known.positives();
      if (positives >= LEAST && records - positives >= LEAST) {
        PlattScaling scaling = PlattScaling.fit(known.scores(), known.present());
        if (scaling.slope() > 0) {
          out.add(label(fact, modality, scaling, records, positives));
        }
      }
    }
  }

  private static Calibration.Label label(
      Fact fact, Modality modality, PlattScaling scaling, int records, int positives) {
    return new Calibration.Label(
        fact.id(),
        modality,
        fact.phrases().stream().map(p -> p.toLowerCase(Locale.ROOT)).toList(),
        SentenceTemplates.assertions(fact),
        SentenceTemplates.denials(fact),
        scaling,
        records,
        positives);
  }
}
