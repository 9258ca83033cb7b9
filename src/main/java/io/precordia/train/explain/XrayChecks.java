package io.precordia.train.explain;

import io.precordia.imaging.XrayPreprocessor;
import io.precordia.model.explain.ExplanationMethod;
import io.precordia.model.explain.XrayRelevance;
import io.precordia.study.Modality;
import io.precordia.train.metrics.SpearmanCorrelation;
import io.precordia.train.recipe.ExplanationRecipe;
import io.precordia.train.sim.ChestSimulator;
import io.precordia.train.sim.SimulatedStudy;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Finding;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Maps of simulated radiographs against the masks of what they show. */
final class XrayChecks {
  /** Tolerance of the pointing game in pixels of a side of 224, as Zhang et al. have it. */
  private static final int TOLERANCE = 15;

  private static final String OTHER = "normal-chest";
  private final ChestSimulator simulator = new ChestSimulator();
  private final ExplanationRecipe recipe;
  private final ExplainedModel model;
  private final ExplainedModel randomised;
  private final XrayPreprocessor preparation;
  private final Tally tally;

  /**
   * @param randomised the same model with the weights of its top block drawn anew
   */
  XrayChecks(
      ExplanationRecipe recipe,
      ExplainedModel model,
      ExplainedModel randomised,
      XrayPreprocessor preparation,
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
          state.findings(Modality.XRAY).stream()
              .filter(f -> model.knows(f.id()))
              .filter(f -> seen.getOrDefault(f, 0) < recipe.positives())
              .toList();
      if (asked.isEmpty()) {
        continue;
      }
      SimulatedStudy study = simulator.study(state, model.side());
      float[] input = preparation.prepare(study.pixels());
      for (Finding finding : asked) {
        boolean[] mask = study.image().masks().get(finding);
        if (mask != null && share(mask) > 0) {
          int n = seen.merge(finding, 1, Integer::sum);
          one(finding, state.seed() + "-" + state.index(), input, mask);
          if (n <= recipe.sanity()) {
            sanity(finding, state.seed() + "-" + state.index(), input, i);
          }
        }
      }
    }
  }

  private void one(Finding finding, String patient, float[] input, boolean[] mask) {
    int side = model.side();
    for (ExplanationMethod method : ExplanationMethod.values()) {
      float[] map = model.xray(input, finding.id(), method).pixels(side, side);
      double precision = MapScores.averagePrecision(map, mask);
      for (String task : List.of(finding.id(), "all X-ray findings")) {
        String name = task + ", " + method.id();
        tally.add(
            name, "pointing, 15 px", patient, hit(map, mask, side, TOLERANCE), dilated(mask, side));
        tally.add(name, "pointing, exact", patient, hit(map, mask, side, 0), share(mask));
        tally.add(name, "AUPRC", patient, precision, share(mask));
      }
    }
  }

  private static double hit(float[] map, boolean[] mask, int side, int tolerance) {
    return MapScores.points(map, mask, side, tolerance) ? 1 : 0;
  }

  private void sanity(Finding finding, String patient, float[] input, long index) {
    for (ExplanationMethod method : ExplanationMethod.values()) {
      XrayRelevance map = model.xray(input, finding.id(), method);
      String name = "X-ray sanity, " + method.id();
      tally.add(
          name,
          "rank correlation after randomising the top block",
          patient,
          correlation(map, randomised.xray(input, finding.id(), method)),
          Double.NaN);
      tally.add(
          name,
          "rank correlation with the map for another text",
          patient,
          correlation(map, model.xray(input, OTHER, method)),
          Double.NaN);
      DeletionCurve curve = new DeletionCurve(model, input, finding.id());
      DeletionCurve.Areas ordered = curve.by(map);
      DeletionCurve.Areas random = curve.random(index);
      tally.add(
          name, "deletion (chance: random order)", patient, ordered.deletion(), random.deletion());
      tally.add(
          name,
          "insertion (chance: random order)",
          patient,
          ordered.insertion(),
          random.insertion());
    }
  }

  /** Of the cells; a constant map says nothing and counts as uncorrelated. */
  private double correlation(XrayRelevance a, XrayRelevance b) {
    int n = model.patches();
    double found = SpearmanCorrelation.of(a.pixels(n, n), b.pixels(n, n));
    return Double.isNaN(found) ? 0 : found;
  }

  private static double share(boolean[] mask) {
    return MapScores.share(new boolean[][] {mask});
  }

  /** Share of the pixels from which a random point would hit. */
  private static double dilated(boolean[] mask, int side) {
    return share(Dilation.of(mask, side, TOLERANCE));
  }
}
