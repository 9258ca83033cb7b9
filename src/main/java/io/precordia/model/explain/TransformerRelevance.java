package io.precordia.model.explain;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.Adapters;
import io.precordia.nn.Block;
import io.precordia.nn.Forward;
import io.precordia.nn.LayerNorm;
import io.precordia.nn.Linear;
import io.precordia.nn.SelfAttention;
import io.precordia.tensor.Activation;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Relevance of a score, propagated from the head through the blocks to the attention maps
 * (specification 1.9, steps 3 to 5). Norms, activations and softmax pass it on unchanged; a layer's
 * weight is what it does to its input, adapter included. Thread-safe.
 */
public final class TransformerRelevance {
  private final Forward forward;
  private final Ops ops;
  private final RelevanceRules rules;

  /**
   * @param forward the pass that was traced, in evaluation mode
   */
  public TransformerRelevance(Forward forward) {
    this.forward = forward;
    this.ops = forward.ops();
    this.rules = new RelevanceRules(ops);
  }

  /**
   * @param attention relevance at each block's attention, [heads·tokens·tokens]
   * @param tokens relevance that reached the input of the first block, [tokens], class token first
   */
  public record Result(List<float[]> attention, float[] tokens) {}

  /**
   * @param query the direction that the trace was made for
   * @throws PrecordiaException INVALID_ARGUMENT for blocks with the norm behind
   */
  public Result propagate(Branch branch, Trace trace, float[] query) {
    float[] atClass = throughHead(branch, trace, query);
    int width = atClass.length;
    float[] relevance = new float[trace.tokens() * width];
    System.arraycopy(atClass, 0, relevance, 0, width);
    List<Block> blocks = branch.encoder().encoder().blocks();
    List<float[]> maps = new ArrayList<>();
    for (int l = blocks.size() - 1; l >= 0; l--) {
      if (!blocks.get(l).preNorm()) {
        throw new PrecordiaException(
            ErrorCode.INVALID_ARGUMENT, "relevance needs blocks with the norm in front");
      }
      try (Scope scope = ops.scope()) {
        relevance =
            throughBlock(
                blocks.get(l), trace.blocks().get(l), trace.attention().get(l), relevance, maps);
      }
    }
    float[] tokens = new float[trace.tokens()];
    for (int i = 0; i < relevance.length; i++) {
      tokens[i / width] += relevance[i];
    }
    return new Result(maps.reversed(), tokens);
  }

  /** The cosine is a sum over dimensions; each is the relevance that its output starts with. */
  private float[] throughHead(Branch branch, Trace trace, float[] query) {
    double square = 1e-24;
    for (float v : trace.vector()) {
      square += (double) v * v;
    }
    float[] start = new float[query.length];
    for (int d = 0; d < start.length; d++) {
      start[d] = (float) (trace.vector()[d] * query[d] / Math.sqrt(square));
    }
    try (Scope scope = ops.scope()) {
      Tensor x = ops.upload(trace.state(), 1, trace.state().length);
      float[] hidden = ops.download(branch.head().hidden(forward, x));
      return rules.linear(
          trace.state(),
          weight(branch.head().first()),
          rules.linear(hidden, weight(branch.head().second()), start));
    }
  }

  private float[] throughBlock(
      Block block, float[] input, float[] attention, float[] relevance, List<float[]> maps) {
    SelfAttention a = block.attention();
    long width = a.width();
    long tokens = input.length / width;
    Tensor x = ops.upload(input, 1, tokens, width);
    List<Tensor> qkv = a.projections(forward, normed(block.norm1(), x));
    float[][] parts = new float[3][];
    for (int i = 0; i < 3; i++) {
      parts[i] = ops.download(heads(qkv.get(i), a.heads()));
    }
    long headDim = width / a.heads();
    Tensor weights = ops.upload(attention, 1, a.heads(), tokens, tokens);
    Tensor mixed = together(ops.matmul(weights, heads(qkv.get(2), a.heads()), false), width);
    Tensor attended = a.output().apply(forward, mixed);
    Tensor middle = ops.add(x, attended);
    Tensor inside = block.feedForward().hidden(forward, normed(block.norm2(), middle));
    Tensor fed = block.feedForward().second().apply(forward, inside);

    float[] mid = ops.download(middle);
    float[][] outer = RelevanceRules.residual(mid, ops.download(fed), relevance);
    float[] atInside =
        rules.linear(ops.download(inside), weight(block.feedForward().second()), outer[1]);
    float[] atFed =
        rules.linear(
            ops.download(normed(block.norm2(), middle)),
            weight(block.feedForward().first()),
            atInside);
    float[] atMiddle = RelevanceRules.split(mid, outer[0], atFed);

    float[][] inner = RelevanceRules.residual(input, ops.download(attended), atMiddle);
    float[] atMixed = rules.linear(ops.download(mixed), weight(a.output()), inner[1]);
    Tensor perHead = heads(ops.upload(atMixed, 1, tokens, width), a.heads());
    float[][] values =
        rules.product(
            attention, parts[2], ops.download(perHead), a.heads(), tokens, tokens, headDim);
    maps.add(values[0]);
    float[] keysTurned =
        ops.download(ops.permute(ops.upload(parts[1], a.heads(), tokens, headDim), 0, 2, 1));
    float[][] logits =
        rules.product(parts[0], keysTurned, values[0], a.heads(), tokens, headDim, tokens);
    float[] atKeys =
        ops.download(ops.permute(ops.upload(logits[1], a.heads(), headDim, tokens), 0, 2, 1));
    float[] normed = ops.download(normed(block.norm1(), x));
    float[] atNorm = new float[input.length];
    float[][] arriving = {logits[0], atKeys, values[1]};
    List<Linear> layers = a.layers();
    if (layers.size() == 1) {
      List<Tensor> side = new ArrayList<>();
      for (float[] r : arriving) {
        side.add(together(ops.upload(r, 1, a.heads(), tokens, headDim), width));
      }
      atNorm = rules.linear(normed, weight(layers.getFirst()), ops.download(ops.concat(2, side)));
    } else {
      for (int i = 0; i < layers.size(); i++) {
        float[] r =
            ops.download(together(ops.upload(arriving[i], 1, a.heads(), tokens, headDim), width));
        atNorm = RelevanceRules.split(null, atNorm, rules.linear(normed, weight(layers.get(i)), r));
      }
    }
    return RelevanceRules.split(input, inner[0], atNorm);
  }

  private Tensor normed(LayerNorm norm, Tensor x) {
    return norm.apply(forward, x);
  }

  private Tensor heads(Tensor x, int heads) {
    return ops.permute(ops.reshape(x, 1, x.size(1), heads, x.size(2) / heads), 0, 2, 1, 3);
  }

  private Tensor together(Tensor x, long width) {
    return ops.reshape(ops.permute(x, 0, 2, 1, 3), 1, x.size(2), width);
  }

  /** [out, in]: the stored weight, or with adapters the response to each input by itself. */
  private Tensor weight(Linear layer) {
    if (forward.adapters() == Adapters.NONE) {
      return forward.get(layer.path() + ".weight");
    }
    int in = Math.toIntExact(layer.in());
    float[] unit = new float[in * in];
    for (int i = 0; i < in; i++) {
      unit[i * in + i] = 1;
    }
    Tensor response = layer.apply(forward, ops.upload(unit, 1, in, in), Activation.IDENTITY);
    Tensor nothing = layer.apply(forward, ops.full(0, 1, 1, in), Activation.IDENTITY);
    return ops.permute(ops.reshape(ops.subtract(response, nothing), in, layer.out()), 1, 0);
  }
}
