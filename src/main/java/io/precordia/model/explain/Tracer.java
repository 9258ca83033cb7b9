package io.precordia.model.explain;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.Adapters;
import io.precordia.nn.AttentionObserver;
import io.precordia.nn.Block;
import io.precordia.nn.Forward;
import io.precordia.nn.Parameters;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.ParameterBlock;
import io.precordia.tensor.Recording;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Runs a branch on one input and differentiates its score against a query. The gradient by an
 * attention map is that by a tensor of zeros added to it. Thread-safe.
 */
public final class Tracer {
  private final DifferentiableOps ops;
  private final Parameters parameters;

  public Tracer(DifferentiableOps ops, Parameters parameters) {
    this.ops = ops;
    this.parameters = parameters;
  }

  /**
   * @param input one input of the branch
   * @param query direction in the shared space; a unit vector gives a cosine, a difference of two a
   *     contrast
   */
  public Trace trace(Branch branch, Adapters adapters, float[] input, float[] query) {
    if (input.length != branch.size()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "the branch takes " + branch.size() + " values, not " + input.length);
    }
    List<Block> blocks = branch.encoder().encoder().blocks();
    int heads = blocks.getFirst().attention().heads();
    int tokens = branch.encoder().tokens() + 1;
    int map = heads * tokens * tokens;
    int stream = tokens * blocks.getFirst().attention().width();
    try (ParameterBlock signal = ops.parameters(input);
        ParameterBlock streams = ops.parameters(new float[blocks.size() * stream]);
        ParameterBlock probes = ops.parameters(new float[blocks.size() * map])) {
      List<float[]> attention = new ArrayList<>();
      List<float[]> inputs = new ArrayList<>();
      float[] state;
      float[] vector;
      double score;
      try (Scope scope = ops.scope();
          Recording recording = ops.record()) {
        List<Tensor> zeros =
            probes.views(Collections.nCopies(blocks.size(), new long[] {1, heads, tokens, tokens}));
        List<Tensor> stills =
            streams.views(
                Collections.nCopies(blocks.size(), new long[] {1, tokens, stream / tokens}));
        AttentionObserver observer =
            new AttentionObserver() {
              @Override
              public Tensor weights(String path, Tensor weights) {
                Tensor zero = zeros.get(attention.size());
                attention.add(ops.download(ops.detach(weights)));
                return ops.add(weights, zero);
              }

              @Override
              public Tensor blockInput(String path, Tensor x) {
                Tensor still = stills.get(inputs.size());
                inputs.add(ops.download(ops.detach(x)));
                return ops.add(x, still);
              }
            };
        Forward f = Forward.evaluation(ops, parameters, adapters).observed(observer);
        Tensor x = signal.views(List.of(branch.batch(1))).getFirst();
        Tensor cls = branch.encoder().apply(f, branch.tokenizer().apply(f, x));
        Tensor out = branch.head().apply(f, cls);
        Tensor wanted = ops.upload(query, 1, query.length);
        Tensor product = ops.sum(ops.multiply(ops.l2Normalize(out), wanted), 1);
        state = ops.download(ops.detach(cls));
        vector = ops.download(ops.detach(out));
        score = ops.download(ops.detach(product))[0];
        ops.backward(product);
      }
      return new Trace(
          heads,
          tokens,
          attention,
          cut(gradient(probes), map),
          inputs,
          cut(gradient(streams), stream),
          state,
          vector,
          gradient(signal),
          score);
    }
  }

  /**
   * Gradients of the scores of several inputs, each by itself.
   *
   * @param inputs n inputs of the branch, one after the other
   * @return as long as {@code inputs}
   */
  public float[] gradients(Branch branch, Adapters adapters, float[] inputs, float[] query) {
    int n = inputs.length / branch.size();
    try (ParameterBlock signal = ops.parameters(inputs)) {
      try (Scope scope = ops.scope();
          Recording recording = ops.record()) {
        Forward f = Forward.evaluation(ops, parameters, adapters);
        Tensor x = signal.views(List.of(branch.batch(n))).getFirst();
        Tensor cls = branch.encoder().apply(f, branch.tokenizer().apply(f, x));
        Tensor wanted = ops.upload(query, 1, query.length);
        Tensor out = ops.l2Normalize(branch.head().apply(f, cls));
        ops.backward(ops.sum(ops.sum(ops.multiply(out, wanted), 1), 0));
      }
      return gradient(signal);
    }
  }

  private static float[] gradient(ParameterBlock block) {
    float[] found = block.readGradient();
    return found == null ? new float[block.size()] : found;
  }

  private static List<float[]> cut(float[] all, int size) {
    List<float[]> out = new ArrayList<>();
    for (int from = 0; from < all.length; from += size) {
      out.add(Arrays.copyOfRange(all, from, from + size));
    }
    return out;
  }
}
