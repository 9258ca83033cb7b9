package io.precordia.train.explain;

import io.precordia.model.explain.Branch;
import io.precordia.model.explain.EcgRelevance;
import io.precordia.model.explain.Explainer;
import io.precordia.model.explain.ExplanationMethod;
import io.precordia.model.explain.XrayRelevance;
import io.precordia.model.more.MoreModel;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.Parameters;
import io.precordia.report.ReportTokenizer;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.train.eval.PromptEnsemble;
import io.precordia.train.eval.WeightsEmbedder;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import java.util.HashMap;
import java.util.Map;

/** One set of weights with its prompts, as explanations are asked of it. Not thread-safe. */
final class ExplainedModel {
  private static final double RATE_HZ = 100;
  private final Explainer explainer;
  private final WeightsEmbedder embedder;
  private final Branch xray;
  private final Branch ecg;
  private final FactVocabulary facts;
  private final Map<String, float[]> queries = new HashMap<>();

  ExplainedModel(
      DifferentiableOps ops,
      MoreModel model,
      ParameterSet weights,
      ReportTokenizer tokenizer,
      FactVocabulary facts) {
    Parameters parameters = new FrozenParameters(ops, weights);
    this.explainer = new Explainer(ops, parameters, Adapters.NONE);
    this.embedder =
        new WeightsEmbedder(
            ops, model, Forward.evaluation(ops, parameters, Adapters.NONE), tokenizer);
    this.xray = model.xrayBranch();
    this.ecg = model.ecgBranch();
    this.facts = facts;
  }

  /** Side of the model's images. */
  int side() {
    return (int) xray.input()[1];
  }

  /** Patches along a side. */
  int patches() {
    return (int) Math.round(Math.sqrt(xray.encoder().tokens()));
  }

  /** Contrast of the prompts of a fact. */
  float[] query(String fact) {
    return queries.computeIfAbsent(
        fact, id -> PromptEnsemble.of(facts.get(id), embedder).contrast());
  }

  boolean knows(String fact) {
    return facts.all().stream().map(Fact::id).anyMatch(fact::equals);
  }

  XrayRelevance xray(float[] input, String fact, ExplanationMethod method) {
    return (XrayRelevance) explainer.xray(xray, input, query(fact), method).map();
  }

  EcgRelevance ecg(float[] input, String fact, ExplanationMethod method) {
    return (EcgRelevance) explainer.ecg(ecg, input, RATE_HZ, query(fact), method).map();
  }

  /** Scores of n films, [n·side·side] normalised. */
  double[] scores(float[] inputs, String fact) {
    float[] query = query(fact);
    float[][] vectors = embedder.xrayValues(inputs, inputs.length / xray.size());
    double[] out = new double[vectors.length];
    for (int i = 0; i < out.length; i++) {
      for (int d = 0; d < query.length; d++) {
        out[i] += (double) vectors[i][d] * query[d];
      }
    }
    return out;
  }
}
