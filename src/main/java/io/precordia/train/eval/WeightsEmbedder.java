package io.precordia.train.eval;

import io.precordia.model.more.MoreBatch;
import io.precordia.model.more.MoreEmbeddings;
import io.precordia.model.more.MoreModel;
import io.precordia.nn.Forward;
import io.precordia.report.ReportTokenizer;
import io.precordia.study.Modality;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Embeds prepared inputs with given weights, in evaluation mode. Not thread-safe. */
public final class WeightsEmbedder implements BranchEmbedder {
  private final Ops ops;
  private final MoreModel model;
  private final Forward forward;
  private final ReportTokenizer tokenizer;

  public WeightsEmbedder(Ops ops, MoreModel model, Forward forward, ReportTokenizer tokenizer) {
    this.ops = ops;
    this.model = model;
    this.forward = forward;
    this.tokenizer = tokenizer;
  }

  @Override
  public float[][] xrays(byte[] octets, int n) {
    return embed(MoreBatch.empty().withXrays(octets), Modality.XRAY, n);
  }

  /**
   * Films that are normalised already.
   *
   * @param values [n·side·side]
   */
  public float[][] xrayValues(float[] values, int n) {
    return embed(MoreBatch.empty().withXrays(values), Modality.XRAY, n);
  }

  @Override
  public float[][] ecgs(float[] values, int n) {
    return embed(MoreBatch.empty().withEcgs(values), Modality.ECG, n);
  }

  @Override
  public float[][] texts(List<String> texts) {
    int longest = model.config().text().maxTokens();
    int[][] ids = texts.stream().map(t -> tokenizer.ids(t, longest)).toArray(int[][]::new);
    return embed(MoreBatch.empty().withReports(ids), Modality.REPORT, ids.length);
  }

  /**
   * Two views of the same inputs.
   *
   * @param vectors [n][projection], unit norm
   * @param features [n][width of the encoder], what the projection head got
   */
  public record Encoded(float[][] vectors, float[][] features) {}

  /** As {@link #xrays}, with what came before the head. */
  public Encoded encodeXrays(byte[] octets, int n) {
    return encode(MoreBatch.empty().withXrays(octets), Modality.XRAY, n);
  }

  /** As {@link #ecgs}, with what came before the head. */
  public Encoded encodeEcgs(float[] values, int n) {
    return encode(MoreBatch.empty().withEcgs(values), Modality.ECG, n);
  }

  private Encoded encode(MoreBatch batch, Modality modality, int n) {
    try (Scope scope = ops.scope()) {
      MoreEmbeddings features = model.features(forward, batch);
      MoreEmbeddings heads = model.project(forward, features);
      return new Encoded(
          rows(ops.l2Normalize(heads.of(modality)), n), rows(features.of(modality), n));
    }
  }

  private float[][] embed(MoreBatch batch, Modality modality, int n) {
    try (Scope scope = ops.scope()) {
      return rows(ops.l2Normalize(model.forward(forward, batch).of(modality)), n);
    }
  }

  private float[][] rows(Tensor x, int n) {
    float[] all = ops.download(x);
    int width = all.length / n;
    float[][] out = new float[n][];
    for (int i = 0; i < n; i++) {
      out[i] = Arrays.copyOfRange(all, i * width, (i + 1) * width);
    }
    return out;
  }
}
