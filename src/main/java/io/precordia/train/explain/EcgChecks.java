package io.precordia.train.explain;

import io.precordia.ecg.EcgPreprocessor;
import io.precordia.model.explain.EcgRelevance;
import io.precordia.model.explain.ExplanationMethod;
import io.precordia.study.Modality;
import io.precordia.train.explain.Tally.Entry;
import io.precordia.train.metrics.SpearmanCorrelation;
import io.precordia.train.recipe.ExplanationRecipe;
import io.precordia.train.sim.ChestSimulator;
import io.precordia.train.sim.ecg.EcgEvidence;
import io.precordia.train.sim.ecg.EcgRecording;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Finding;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Maps of simulated ECGs against the leads and segments of what they show. */
final class EcgChecks {
  static final String ALL = "all ECG findings with a place";
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
    List<Callable<List<Entry>>> tasks = new ArrayList<>();
    for (long i = 0; i < recipe.candidates(); i++) {
      ChestState state = simulator.state(recipe.simulatedSeed(), i);
      List<Finding> asked =
          state.findings(Modality.ECG).stream()
              .filter(f -> model.knows(f.id()))
              .filter(f -> seen.getOrDefault(f, 0) < recipe.ecgPositives())
              .toList();
      if (asked.isEmpty()) {
        continue;
      }
      EcgRecording recording = simulator.ecg(state);
      for (Finding finding : asked) {
        Optional<EcgEvidence> evidence = EcgEvidence.of(finding, state.ecg(), recording);
        if (evidence.isPresent()) {
          boolean sanity = seen.merge(finding, 1, Integer::sum) <= recipe.sanity();
          float[] input = preparation.prepare(recording.ecg());
          model.query(finding.id());
          tasks.add(() -> one(finding, state, input, evidence.get(), sanity));
        }
      }
    }
    model.query(OTHER);
    Crew.all(tasks).forEach(tally::add);
  }

  private List<Entry> one(
      Finding finding, ChestState state, float[] input, EcgEvidence evidence, boolean sanity) {
    String patient = state.seed() + "-" + state.index();
    Map<ExplanationMethod, EcgRelevance> maps = model.ecgs(input, finding.id());
    List<Entry> out = new ArrayList<>();
    for (String row : List.of(finding.id(), ALL)) {
      double most = 0;
      for (Map.Entry<ExplanationMethod, EcgRelevance> e : maps.entrySet()) {
        boolean[][] mask = evidence.mask(e.getValue().samples(), e.getValue().rateHz());
        double over = MapScores.overUniform(e.getValue().leads(), mask);
        out.add(new Entry("ecg", row, e.getKey().id(), patient, over));
        most = 1 / MapScores.share(mask);
      }
      out.add(new Entry("ecg", row, "most possible", patient, most));
    }
    if (sanity) {
      Map<ExplanationMethod, EcgRelevance> drawn = randomised.ecgs(input, finding.id());
      Map<ExplanationMethod, EcgRelevance> other = model.ecgs(input, OTHER);
      maps.forEach(
          (method, map) -> {
            out.add(entry(SanityRows.ECG_RANDOMISED, method, patient, map, drawn));
            out.add(entry(SanityRows.ECG_OTHER, method, patient, map, other));
          });
    }
    return out;
  }

  private static Entry entry(
      String row,
      ExplanationMethod method,
      String patient,
      EcgRelevance map,
      Map<ExplanationMethod, EcgRelevance> others) {
    EcgRelevance other = others.getOrDefault(method, map);
    return new Entry("sanity", row, method.id(), patient, correlation(map, other));
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
