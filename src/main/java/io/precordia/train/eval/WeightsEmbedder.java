package io.precordia.train.eval;

import io.precordia.model.more.MoreBatch;
import io.precordia.model.more.MoreModel;
import io.precordia.nn.Forward;
import io.precordia.report.ReportTokenizer;
import io.precordia.study.Modality;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
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

  private float[][] embed(MoreBatch batch, Modality modality, int n) {
    try (Scope scope = ops.scope()) {
      float[] all = ops.download(ops.l2Normalize(model.forward(forward, batch).of(modality)));
      int width = all.length / n;
      float[][] out = new float[n][];
      for (int i = 0; i < n; i++) {
        out[i] = Arrays.copyOfRange(all, i * width, (i + 1) * width);
      }
      return out;
    }
  }
}
