package io.precordia.model.explain;

import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.Parameters;
import io.precordia.tensor.DifferentiableOps;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Relevance maps of one branch under one set of weights and adapters. Thread-safe.
 *
 * <p>{@code ROLLOUT} is the same for every query. {@code GRADIENT} is the rollout of gradient ×
 * relevance; an ECG's tokens have no leads, so that each instant is shared out among its leads by
 * |input · gradient|. {@code SALIENT} multiplies a rollout by the positive part of integrated
 * gradients at the input, which knows pixels and leads. For an ECG the rollout is that of {@code
 * GRADIENT}; for a radiograph it is that of gradient × attention (Chefer et al., ICCV 2021), and
 * the product is gathered into areas. {@code RELEVANCE} takes what the class token reads in the top
 * blocks ({@link ClassReading}): for a radiograph its geometric mean with that rollout, for an ECG
 * alone and of what is specific of the query.
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
   * @param query what to look for
   */
  public Explanation xray(Branch branch, float[] input, Query query, ExplanationMethod method) {
    return xray(
        branch, input, query, method, tracer.trace(branch, adapters, input, query.direction()));
  }

  /** The same by every method; those that ask alike share one pass. */
  public Map<ExplanationMethod, Explanation> xrays(Branch branch, float[] input, Query query) {
    Trace trace = tracer.trace(branch, adapters, input, query.direction());
    Map<ExplanationMethod, Explanation> out = new EnumMap<>(ExplanationMethod.class);
    for (ExplanationMethod method : ExplanationMethod.values()) {
      out.put(method, xray(branch, input, query, method, trace));
    }
    return out;
  }

  private Explanation xray(
      Branch branch, float[] input, Query query, ExplanationMethod method, Trace trace) {
    float[] asked = query.direction();
    int side = (int) Math.round(Math.sqrt(branch.encoder().tokens()));
    XrayRelevance map =
        switch (method) {
          case ROLLOUT, GRADIENT ->
              XrayRelevance.of(tokens(branch, trace, asked, method), side, side);
          case SALIENT -> areas(withDetail(branch, rolledOut(trace), input, asked), side);
          case RELEVANCE ->
              XrayRelevance.of(
                  withDetail(branch, readAndRolledOut(trace), input, asked), side, side);
        };
    return new Explanation(method, trace.along(asked), map);
  }

  private static float[] rolledOut(Trace trace) {
    return Rollout.weighted(trace.gradient(), trace.attention(), trace.heads(), trace.tokens());
  }

  /** The rollout is sharp, the reading knows the top block: a place needs both. */
  private static float[] readAndRolledOut(Trace trace) {
    float[] read = ClassReading.of(trace, ClassReading.FILM);
    float[] rolled = rolledOut(trace);
    float[] out = new float[read.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Math.sqrt(Math.max(0, read[i]) * (double) rolled[i]);
    }
    return out;
  }

  /** The passes of one input: for the whole query, and for what is specific of it. */
  private final class Traces {
    private final Trace whole;
    private final Trace specific;

    Traces(Branch branch, float[] input, Query query) {
      whole = tracer.trace(branch, adapters, input, query.direction());
      specific = tracer.trace(branch, adapters, input, query.specific());
    }

    Trace of(ExplanationMethod method) {
      return method == ExplanationMethod.RELEVANCE ? specific : whole;
    }
  }

  /**
   * Only the default asks an ECG for what is specific. Of radiographs it did not help on validation
   * studies.
   */
  private static float[] asked(Query query, ExplanationMethod method) {
    return method == ExplanationMethod.RELEVANCE ? query.specific() : query.direction();
  }

  /** Patches times the root of what their pixels say, held against the film without detail. */
  private float[] withDetail(Branch branch, float[] patches, float[] input, float[] query) {
    int pixels = (int) branch.input()[branch.input().length - 1];
    int side = (int) Math.round(Math.sqrt(patches.length));
    float[] baseline = SoftFilm.of(input, pixels, BLUR);
    float[] parts = integrated.of(branch, adapters, input, baseline, query);
    float[] evidence = new float[patches.length];
    int patch = pixels / side;
    for (int i = 0; i < parts.length; i++) {
      evidence[i / pixels / patch * side + i % pixels / patch] += Math.max(0, parts[i]);
    }
    float[] out = new float[patches.length];
    for (int i = 0; i < patches.length; i++) {
      // The root keeps single bright details from ruling the map; chosen on validation studies.
      out[i] = patches[i] * (float) Math.sqrt(evidence[i]);
    }
    return out;
  }

  private XrayRelevance areas(float[] patches, int side) {
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
      Branch branch, float[] input, double rateHz, Query query, ExplanationMethod method) {
    float[] asked = asked(query, method);
    return ecg(branch, input, rateHz, query, method, tracer.trace(branch, adapters, input, asked));
  }

  /** The same by every method; those that ask alike share one pass. */
  public Map<ExplanationMethod, Explanation> ecgs(
      Branch branch, float[] input, double rateHz, Query query) {
    Traces traces = new Traces(branch, input, query);
    Map<ExplanationMethod, Explanation> out = new EnumMap<>(ExplanationMethod.class);
    for (ExplanationMethod method : ExplanationMethod.values()) {
      out.put(method, ecg(branch, input, rateHz, query, method, traces.of(method)));
    }
    return out;
  }

  private Explanation ecg(
      Branch branch,
      float[] input,
      double rateHz,
      Query query,
      ExplanationMethod method,
      Trace trace) {
    float[] asked = asked(query, method);
    int samples = (int) branch.input()[1];
    float[] parts =
        switch (method) {
          case ROLLOUT -> ones(input.length);
          case GRADIENT -> shares(input, trace.inputGradient());
          case SALIENT, RELEVANCE ->
              positive(integrated.of(branch, adapters, input, new float[input.length], asked));
        };
    // Cut at zero behind the spread, so that neighbouring windows for and against cancel out.
    float[] time =
        method == ExplanationMethod.RELEVANCE
            ? positive(TokenTimes.spread(ClassReading.of(trace, ClassReading.ECG), samples))
            : TokenTimes.spread(tokens(branch, trace, asked, method), samples);
    float[][] leads = new float[input.length / samples][samples];
    for (int i = 0; i < parts.length; i++) {
      leads[i / samples][i % samples] = parts[i] * time[i % samples];
    }
    return new Explanation(method, trace.along(query.direction()), new EcgRelevance(leads, rateHz));
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
