package io.precordia.train.eval;

/** Embeds prepared inputs, whatever holds the weights: a run in training or a shipped encoder. */
public interface BranchEmbedder {
  /**
   * @param octets [n·side·side]
   * @return [n][projection], unit norm
   */
  float[][] xrays(byte[] octets, int n);

  /**
   * @param values [n·12·samples]
   */
  float[][] ecgs(float[] values, int n);

  float[][] texts(java.util.List<String> texts);
}
