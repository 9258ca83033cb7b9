package io.precordia.train.explain;

import io.precordia.model.explain.Branch;
import io.precordia.model.explain.EcgRelevance;
import io.precordia.model.explain.Explainer;
import io.precordia.model.explain.ExplanationMethod;
import io.precordia.model.explain.Query;
import io.precordia.model.explain.XrayRelevance;
import io.precordia.model.more.MoreModel;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.Parameters;
import io.precordia.report.ReportTokenizer;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.train.eval.ContrastiveQueries;
import io.precordia.train.eval.PromptEnsemble;
import io.precordia.train.eval.WeightsEmbedder;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** One set of weights with its prompts, as explanations are asked of it. Thread-safe. */
final class ExplainedModel {
  private static final double RATE_HZ = 100;
  private final Explainer explainer;
  private final WeightsEmbedder embedder;
  private final Branch xray;
  private final Branch ecg;
  private final FactVocabulary facts;
  private final double denialWeight;
  private final ContrastiveQueries contrastive;
  private final Map<String, Query> queries = new HashMap<>();

  ExplainedModel(
      DifferentiableOps ops,
      MoreModel model,
      ParameterSet weights,
      ReportTokenizer tokenizer,
      FactVocabulary facts,
      double denialWeight) {
    Parameters parameters = new FrozenParameters(ops, weights);
    this.explainer = new Explainer(ops, parameters, Adapters.NONE);
    this.embedder =
        new WeightsEmbedder(
            ops, model, Forward.evaluation(ops, parameters, Adapters.NONE), tokenizer);
    this.xray = model.xrayBranch();
    this.ecg = model.ecgBranch();
    this.facts = facts;
    this.contrastive = new ContrastiveQueries(facts, embedder::texts, denialWeight);
    this.denialWeight = denialWeight;
  }

  /** Side of the model's images. */
  int side() {
    return (int) xray.input()[1];
  }

  /** Patches along a side. */
  int patches() {
    return (int) Math.round(Math.sqrt(xray.encoder().tokens()));
  }

  /** Direction of the prompts of a fact, and what of it the other facts do not share. */
  synchronized Query query(String id) {
    return queries.computeIfAbsent(
        id,
        k -> {
          Fact fact = facts.get(id);
          return contrastive.of(
              fact.modality(),
              PromptEnsemble.of(fact, embedder::texts).direction(denialWeight),
              fact);
        });
  }

  boolean knows(String fact) {
    return facts.all().stream().map(Fact::id).anyMatch(fact::equals);
  }

  /** Maps by every method. */
  Map<ExplanationMethod, XrayRelevance> xrays(float[] input, String fact) {
    Map<ExplanationMethod, XrayRelevance> out = new EnumMap<>(ExplanationMethod.class);
    explainer
        .xrays(xray, input, query(fact))
        .forEach((method, found) -> out.put(method, (XrayRelevance) found.map()));
    return out;
  }

  /** Maps by every method. */
  Map<ExplanationMethod, EcgRelevance> ecgs(float[] input, String fact) {
    Map<ExplanationMethod, EcgRelevance> out = new EnumMap<>(ExplanationMethod.class);
    explainer
        .ecgs(ecg, input, RATE_HZ, query(fact))
        .forEach((method, found) -> out.put(method, (EcgRelevance) found.map()));
    return out;
  }

  /** Scores of n films, [n·side·side] normalised. */
  double[] scores(float[] inputs, String fact) {
    float[] query = query(fact).direction();
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
