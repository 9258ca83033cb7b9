package io.precordia.train.explain;

import io.precordia.imaging.XrayPreprocessor;
import io.precordia.model.explain.ExplanationMethod;
import io.precordia.model.explain.XrayRelevance;
import io.precordia.study.Modality;
import io.precordia.train.explain.Tally.Entry;
import io.precordia.train.metrics.SpearmanCorrelation;
import io.precordia.train.recipe.ExplanationRecipe;
import io.precordia.train.sim.ChestSimulator;
import io.precordia.train.sim.SimulatedStudy;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Finding;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/** Maps of simulated radiographs against the masks of what they show. */
final class XrayChecks {
  static final String LOCALISED = "all localised findings";

  /** What is spread over both lungs; everything else that has a mask counts as localised. */
  private static final Set<Finding> DIFFUSE =
      EnumSet.of(Finding.PULMONARY_OEDEMA, Finding.EMPHYSEMA, Finding.FIBROSIS);

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
    List<Callable<List<Entry>>> tasks = new ArrayList<>();
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
          boolean sanity = seen.merge(finding, 1, Integer::sum) <= recipe.sanity();
          model.query(finding.id());
          tasks.add(() -> one(finding, state, input, mask, sanity));
        }
      }
    }
    model.query(OTHER);
    Crew.all(tasks).forEach(tally::add);
  }

  private List<Entry> one(
      Finding finding, ChestState state, float[] input, boolean[] mask, boolean sanity) {
    int side = model.side();
    String patient = state.seed() + "-" + state.index();
    boolean diffuse = DIFFUSE.contains(finding);
    List<String> rows = List.of(finding.id(), diffuse ? "all diffuse findings" : LOCALISED);
    Map<ExplanationMethod, XrayRelevance> maps = model.xrays(input, finding.id());
    List<Entry> out = new ArrayList<>();
    for (String row : rows) {
      maps.forEach(
          (method, map) ->
              out.add(
                  new Entry(
                      "pointing",
                      row,
                      method.id(),
                      patient,
                      hit(map.pixels(side, side), mask, side))));
      double chance = share(Dilation.of(mask, side, TOLERANCE));
      out.add(new Entry("pointing", row, "chance", patient, chance));
      maps.forEach(
          (method, map) ->
              out.add(
                  new Entry(
                      "auprc",
                      row,
                      method.id(),
                      patient,
                      MapScores.averagePrecision(map.pixels(side, side), mask))));
      out.add(new Entry("auprc", row, "chance", patient, share(mask)));
    }
    if (sanity) {
      sanity(finding, patient, input, maps, out);
      deletion(finding, patient, input, maps, state.index(), out);
    }
    return out;
  }

  private static double hit(float[] map, boolean[] mask, int side) {
    return MapScores.points(map, mask, side, TOLERANCE) ? 1 : 0;
  }

  private void sanity(
      Finding finding,
      String patient,
      float[] input,
      Map<ExplanationMethod, XrayRelevance> maps,
      List<Entry> out) {
    Map<ExplanationMethod, XrayRelevance> drawn = randomised.xrays(input, finding.id());
    Map<ExplanationMethod, XrayRelevance> other = model.xrays(input, OTHER);
    maps.forEach(
        (method, map) -> {
          out.add(entry(SanityRows.XRAY_RANDOMISED, method, patient, map, drawn));
          out.add(entry(SanityRows.XRAY_OTHER, method, patient, map, other));
        });
  }

  private static Entry entry(
      String row,
      ExplanationMethod method,
      String patient,
      XrayRelevance map,
      Map<ExplanationMethod, XrayRelevance> others) {
    XrayRelevance other = others.getOrDefault(method, map);
    return new Entry("sanity", row, method.id(), patient, correlation(map, other));
  }

  private void deletion(
      Finding finding,
      String patient,
      float[] input,
      Map<ExplanationMethod, XrayRelevance> maps,
      long index,
      List<Entry> out) {
    DeletionCurve curve = new DeletionCurve(model, input, finding.id());
    DeletionCurve.Areas random = curve.random(index);
    maps.forEach(
        (method, map) -> {
          DeletionCurve.Areas areas = curve.by(map);
          String row = method.id();
          out.add(new Entry("deletion", row, "deletion", patient, areas.deletion()));
          out.add(new Entry("deletion", row, "deletion, random order", patient, random.deletion()));
          out.add(new Entry("deletion", row, "insertion", patient, areas.insertion()));
          out.add(
              new Entry("deletion", row, "insertion, random order", patient, random.insertion()));
        });
  }

  /** Of the map's own cells; a constant map says nothing and counts as uncorrelated. */
  private static double correlation(XrayRelevance a, XrayRelevance b) {
    double found =
        SpearmanCorrelation.of(a.pixels(a.columns(), a.rows()), b.pixels(a.columns(), a.rows()));
    return Double.isNaN(found) ? 0 : found;
  }

  private static double share(boolean[] mask) {
    return MapScores.share(new boolean[][] {mask});
  }
}
