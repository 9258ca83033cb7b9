package io.precordia.model.explain;

import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.Parameters;
import io.precordia.tensor.DifferentiableOps;
import java.util.Arrays;

/**
 * Relevance maps of one branch under one set of weights and adapters. Thread-safe.
 *
 * <p>{@code ROLLOUT} is the same for every query. {@code GRADIENT} is the rollout of gradient ×
 * relevance; an ECG's tokens have no leads, so that each instant is shared out among its leads by
 * |input · gradient|. {@code RELEVANCE} multiplies a rollout by the positive part of integrated
 * gradients at the input, which knows pixels and leads. For an ECG the rollout is that of {@code
 * GRADIENT}; for a radiograph it is that of gradient × attention (Chefer et al., ICCV 2021), and
 * the product is gathered into areas.
 */
public final class Explainer {
  /** Cells of the salient map for each patch of the model, along a side. */
  private static final int FINER = 2;

  /** Half width of the box that a radiograph is blurred with to have a film without detail. */
  private static final int BLUR = 24;

  private static final int STEPS = 8;

  private final Tracer tracer;
  private final TransformerRelevance relevance;
  private final IntegratedGradients integrated;
  private final Adapters adapters;
  private final SalientRelevance salient = SalientRelevance.standard();

  public Explainer(DifferentiableOps ops, Parameters parameters, Adapters adapters) {
    this.tracer = new Tracer(ops, parameters);
    this.relevance = new TransformerRelevance(Forward.evaluation(ops, parameters, adapters));
    this.integrated = new IntegratedGradients(tracer, STEPS);
    this.adapters = adapters;
  }

  /**
   * @param branch its tokens are the patches of a square image in raster order
   * @param input normalised grey values
   * @param query direction in the shared space
   */
  public Explanation xray(Branch branch, float[] input, float[] query, ExplanationMethod method) {
    Trace trace = tracer.trace(branch, adapters, input, query);
    int side = (int) Math.round(Math.sqrt(branch.encoder().tokens()));
    return new Explanation(
        method,
        trace.score(),
        method == ExplanationMethod.RELEVANCE
            ? areas(branch, trace, input, query, side)
            : XrayRelevance.of(tokens(branch, trace, query, method), side, side));
  }

  private XrayRelevance areas(Branch branch, Trace trace, float[] input, float[] query, int side) {
    int pixels = (int) branch.input()[branch.input().length - 1];
    float[] baseline = SoftFilm.of(input, pixels, BLUR);
    float[] parts = integrated.of(branch, adapters, input, baseline, query);
    float[] evidence = new float[side * side];
    int patch = pixels / side;
    for (int i = 0; i < parts.length; i++) {
      evidence[i / pixels / patch * side + i % pixels / patch] += Math.max(0, parts[i]);
    }
    float[] patches =
        Rollout.weighted(trace.gradient(), trace.attention(), trace.heads(), trace.tokens());
    for (int i = 0; i < patches.length; i++) {
      // The root keeps single bright details from ruling the map; chosen on validation studies.
      patches[i] *= (float) Math.sqrt(evidence[i]);
    }
    int finer = side * FINER;
    float[] fine = XrayRelevance.of(patches, side, side).pixels(finer, finer);
    return XrayRelevance.of(salient.of(fine, finer, finer), finer, finer);
  }

  /**
   * @param branch its tokens are windows of the signal, evenly apart
   * @param input [leads·samples] of model input; 0 is the mean of a lead
   * @param rateHz of the input
   */
  public Explanation ecg(
      Branch branch, float[] input, double rateHz, float[] query, ExplanationMethod method) {
    Trace trace = tracer.trace(branch, adapters, input, query);
    int samples = (int) branch.input()[1];
    float[] parts =
        switch (method) {
          case ROLLOUT -> ones(input.length);
          case GRADIENT -> shares(input, trace.inputGradient());
          case RELEVANCE ->
              positive(integrated.of(branch, adapters, input, new float[input.length], query));
        };
    float[] time = TokenTimes.spread(tokens(branch, trace, query, method), samples);
    float[][] leads = new float[input.length / samples][samples];
    for (int i = 0; i < parts.length; i++) {
      leads[i / samples][i % samples] = parts[i] * time[i % samples];
    }
    return new Explanation(method, trace.score(), new EcgRelevance(leads, rateHz));
  }

  /** Relevance of the tokens behind the class token. */
  private float[] tokens(Branch branch, Trace trace, float[] query, ExplanationMethod method) {
    return method == ExplanationMethod.ROLLOUT
        ? Rollout.plain(trace.attention(), trace.heads(), trace.tokens())
        : Rollout.weighted(
            trace.gradient(),
            relevance.propagate(branch, trace, query).attention(),
            trace.heads(),
            trace.tokens());
  }

  private static float[] shares(float[] input, float[] gradient) {
    float[] out = new float[input.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.abs(input[i] * gradient[i]);
    }
    return out;
  }

  private static float[] positive(float[] values) {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.max(0, values[i]);
    }
    return out;
  }

  private static float[] ones(int n) {
    float[] out = new float[n];
    Arrays.fill(out, 1);
    return out;
  }
}
