package io.precordia.train.explain;

import io.precordia.ecg.EcgPreprocessor;
import io.precordia.model.explain.EcgRelevance;
import io.precordia.model.explain.ExplanationMethod;
import io.precordia.study.Modality;
import io.precordia.train.metrics.SpearmanCorrelation;
import io.precordia.train.recipe.ExplanationRecipe;
import io.precordia.train.sim.ChestSimulator;
import io.precordia.train.sim.ecg.EcgEvidence;
import io.precordia.train.sim.ecg.EcgRecording;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Finding;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Maps of simulated ECGs against the leads and segments of what they show. */
final class EcgChecks {
  private static final String OTHER = "normal-ecg";
  private final ChestSimulator simulator = new ChestSimulator();
  private final ExplanationRecipe recipe;
  private final ExplainedModel model;
  private final ExplainedModel randomised;
  private final EcgPreprocessor preparation;
  private final Tally tally;

  /** See {@link XrayChecks}. */
  EcgChecks(
      ExplanationRecipe recipe,
      ExplainedModel model,
      ExplainedModel randomised,
      EcgPreprocessor preparation,
      Tally tally) {
    this.recipe = recipe;
    this.model = model;
    this.randomised = randomised;
    this.preparation = preparation;
    this.tally = tally;
  }

  void run() {
    Map<Finding, Integer> seen = new EnumMap<>(Finding.class);
    for (long i = 0; i < recipe.candidates(); i++) {
      ChestState state = simulator.state(recipe.simulatedSeed(), i);
      List<Finding> asked =
          state.findings(Modality.ECG).stream()
              .filter(f -> model.knows(f.id()))
              .filter(f -> seen.getOrDefault(f, 0) < recipe.positives())
              .toList();
      if (asked.isEmpty()) {
        continue;
      }
      EcgRecording recording = simulator.ecg(state);
      for (Finding finding : asked) {
        Optional<EcgEvidence> evidence = EcgEvidence.of(finding, state.ecg(), recording);
        if (evidence.isPresent()) {
          int n = seen.merge(finding, 1, Integer::sum);
          one(
              finding,
              state.seed() + "-" + state.index(),
              preparation.prepare(recording.ecg()),
              evidence.get(),
              n <= recipe.sanity());
        }
      }
    }
  }

  private void one(
      Finding finding, String patient, float[] input, EcgEvidence evidence, boolean sanity) {
    for (ExplanationMethod method : ExplanationMethod.values()) {
      EcgRelevance map = model.ecg(input, finding.id(), method);
      boolean[][] mask = evidence.mask(map.samples(), map.rateHz());
      double over = MapScores.overUniform(map.leads(), mask);
      for (String task : List.of(finding.id(), "all ECG findings with a place")) {
        String name = task + ", " + method.id();
        tally.add(name, "relevance in place over uniform", patient, over, 1);
        tally.add(name, "the most that is possible", patient, 1 / MapScores.share(mask), 1);
      }
      if (sanity) {
        String name = "ECG sanity, " + method.id();
        tally.add(
            name,
            "rank correlation after randomising the top block",
            patient,
            correlation(map, randomised.ecg(input, finding.id(), method)),
            Double.NaN);
        tally.add(
            name,
            "rank correlation with the map for another text",
            patient,
            correlation(map, model.ecg(input, OTHER, method)),
            Double.NaN);
      }
    }
  }

  private static double correlation(EcgRelevance a, EcgRelevance b) {
    double found = SpearmanCorrelation.of(flat(a), flat(b));
    return Double.isNaN(found) ? 0 : found;
  }

  private static float[] flat(EcgRelevance map) {
    float[] out = new float[map.leads().length * map.samples()];
    for (int l = 0; l < map.leads().length; l++) {
      System.arraycopy(map.leads()[l], 0, out, l * map.samples(), map.samples());
    }
    return out;
  }
}
