package io.precordia.train.eval;

import io.precordia.study.Modality;
import io.precordia.train.data.Corpora;
import io.precordia.train.data.StudySample;
import io.precordia.train.metrics.Abstention;
import io.precordia.train.metrics.Auroc;
import io.precordia.train.metrics.PlattScaling;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import io.precordia.train.text.SentenceTemplates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Platt scaling of zero-shot scores on real studies; simulated ones take no part, and a fact with
 * too few known answers of either kind is left out. On the same studies it chooses how much denials
 * count (one weight for all facts, by their mean AUROC) and when to abstain (80 % are answered),
 * and from texts alone what counts as a trained label.
 */
public final class Calibrator {
  private static final int LEAST = 10;
  private static final double COVERAGE = 0.8;
  private static final double[] DENIAL_WEIGHTS = {0, 0.25, 0.5, 1};
  private final FactVocabulary facts;
  private final int[] trainingPositives;
  private final Consumer<String> progress;

  /**
   * @param trainingPositives by fact index
   * @param progress gets the AUROC of each fact by the weight of its denials
   */
  public Calibrator(FactVocabulary facts, int[] trainingPositives, Consumer<String> progress) {
    this.facts = facts;
    this.progress = progress;
    this.trainingPositives = trainingPositives.clone();
  }

  public Calibration fit(String split, Corpora data, BranchEmbedder embedder) {
    List<StudySample> films = new ArrayList<>(data.kermany());
    films.addAll(data.nih());
    List<Asked> ofFilms = asked(Modality.XRAY, films, embedder);
    List<Asked> ofEcgs = asked(Modality.ECG, data.ptbxl(), embedder);
    int weight = best(Stream.of(ofFilms, ofEcgs).flatMap(List::stream).toList());
    List<Calibration.Label> labels = new ArrayList<>(fit(ofFilms, weight));
    labels.addAll(fit(ofEcgs, weight));
    VocabularyFit vocabulary = new VocabularyFit(facts);
    return new Calibration(
        split,
        DENIAL_WEIGHTS[weight],
        labels,
        List.of(vocabulary.fit(Modality.XRAY, embedder), vocabulary.fit(Modality.ECG, embedder)));
  }

  /** One fact's scores, by the weight of its denials. */
  private record Asked(Fact fact, List<StudySample> studies, double[][] scores) {
    KnownAnswers known(int weight) {
      return known(scores[weight]);
    }

    KnownAnswers known(double[] all) {
      return KnownAnswers.of(fact, fact.modality(), studies, all);
    }

    /** Whether there are enough studies that show the fact and enough that do not. */
    boolean answerable() {
      KnownAnswers known = known(0);
      int positives = known.positives();
      return positives >= LEAST && known.scores().length - positives >= LEAST;
    }
  }

  private List<Asked> asked(Modality modality, List<StudySample> studies, BranchEmbedder embedder) {
    if (studies.isEmpty()) {
      return List.of();
    }
    Gallery gallery = Gallery.of(modality, studies, embedder);
    List<Asked> out = new ArrayList<>();
    for (Fact fact : facts.of(modality)) {
      PromptEnsemble prompts = PromptEnsemble.of(fact, embedder::texts);
      double[][] scores =
          Arrays.stream(DENIAL_WEIGHTS)
              .mapToObj(weight -> gallery.scores(prompts.direction(weight)))
              .toArray(double[][]::new);
      out.add(new Asked(fact, studies, scores));
    }
    return out;
  }

  /** The weight with the best mean over facts of the AUROC; the plain contrast without facts. */
  private int best(List<Asked> asked) {
    List<Asked> answerable = asked.stream().filter(Asked::answerable).toList();
    int weights = DENIAL_WEIGHTS.length;
    if (answerable.isEmpty()) {
      return weights - 1;
    }
    double[] mean = new double[weights];
    for (Asked one : answerable) {
      double[] areas = new double[weights];
      for (int w = 0; w < weights; w++) {
        KnownAnswers known = one.known(w);
        areas[w] = Auroc.of(known.scores(), known.present());
        mean[w] += areas[w] / answerable.size();
      }
      progress.accept(byWeight(one.fact().modality() + " " + one.fact().id(), areas));
    }
    progress.accept(byWeight("mean of " + answerable.size() + " findings", mean));
    int best = 0;
    for (int w = 1; w < weights; w++) {
      best = mean[w] > mean[best] ? w : best;
    }
    return best;
  }

  private static String byWeight(String what, double[] areas) {
    StringBuilder line = new StringBuilder(what + ", AUROC by the weight of denials:");
    for (int w = 0; w < areas.length; w++) {
      line.append(String.format(Locale.ROOT, " %.2f: %.3f", DENIAL_WEIGHTS[w], areas[w]));
    }
    return line.toString();
  }

  /** The facts of one modality that can be scaled. */
  private List<Calibration.Label> fit(List<Asked> all, int weight) {
    Map<String, double[]> scores = new HashMap<>();
    Map<String, Asked> byFact = new HashMap<>();
    List<Calibration.Label> scaled = new ArrayList<>();
    for (Asked asked : all) {
      byFact.put(asked.fact().id(), asked);
      scores.put(asked.fact().id(), asked.scores()[weight]);
      if (asked.answerable()) {
        KnownAnswers known = asked.known(weight);
        PlattScaling scaling = PlattScaling.fit(known.scores(), known.present());
        if (scaling.slope() > 0) {
          scaled.add(label(asked.fact(), scaling, known));
        }
      }
    }
    // Thresholds of abstention are those of the probabilities that are answered, bounds included.
    Calibration bounds = new Calibration("", scaled);
    List<Calibration.Label> out = new ArrayList<>();
    for (Calibration.Label label : scaled) {
      double[] presence = bounds.presences(label, scores);
      KnownAnswers known = Objects.requireNonNull(byFact.get(label.fact())).known(presence);
      out.add(label.with(Abstention.fit(known.scores(), COVERAGE)));
    }
    return out;
  }

  private Calibration.Label label(Fact fact, PlattScaling scaling, KnownAnswers known) {
    return new Calibration.Label(
        fact.id(),
        fact.modality(),
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
