package io.precordia.train.adapter;

import io.precordia.study.Modality;
import io.precordia.train.data.EcgAugmentation;
import io.precordia.train.eval.BranchEmbedder;
import java.util.List;

/**
 * Pairs of one kind embedded without augmentation.
 *
 * @param images [n][projection], unit norm
 * @param texts [n][projection], unit norm
 * @param groups [n], equal for equal texts
 */
record PairVectors(float[][] images, float[][] texts, long[] groups) {
  private static final int CHUNK = 32;

  /** Radiographs or ECGs alone, all of one kind. */
  static float[][] images(List<SitePair> pairs, BranchEmbedder embedder) {
    float[][] images = new float[pairs.size()][];
    for (int from = 0; from < pairs.size(); from += CHUNK) {
      List<SitePair> chunk = pairs.subList(from, Math.min(pairs.size(), from + CHUNK));
      boolean xray = chunk.getFirst().modality() == Modality.XRAY;
      float[][] some = xray ? xrays(chunk, embedder) : ecgs(chunk, embedder);
      System.arraycopy(some, 0, images, from, chunk.size());
    }
    return images;
  }

  /**
   * Both sides.
   *
   * @param images vectors of the evidence; a frozen branch has them from before
   */
  static PairVectors of(List<SitePair> pairs, float[][] images, BranchEmbedder embedder) {
    float[][] texts = new float[pairs.size()][];
    for (int from = 0; from < pairs.size(); from += CHUNK) {
      List<SitePair> chunk = pairs.subList(from, Math.min(pairs.size(), from + CHUNK));
      float[][] read = embedder.texts(chunk.stream().map(SitePair::text).toList());
      System.arraycopy(read, 0, texts, from, chunk.size());
    }
    return new PairVectors(images, texts, PairSampler.groups(pairs));
  }

  private static float[][] xrays(List<SitePair> chunk, BranchEmbedder embedder) {
    int size = chunk.getFirst().xray().length;
    byte[] all = new byte[chunk.size() * size];
    for (int i = 0; i < chunk.size(); i++) {
      System.arraycopy(chunk.get(i).xray(), 0, all, i * size, size);
    }
    return embedder.xrays(all, chunk.size());
  }

  private static float[][] ecgs(List<SitePair> chunk, BranchEmbedder embedder) {
    int size = chunk.getFirst().ecg().length;
    float[] all = new float[chunk.size() * size];
    for (int i = 0; i < chunk.size(); i++) {
      EcgAugmentation.plain(chunk.get(i).ecg(), all, i * size);
    }
    return embedder.ecgs(all, chunk.size());
  }

  /**
   * Symmetric InfoNCE over all pairs at once, equal texts left out of the denominators: smoother
   * than a rank, which jumps when the set is small.
   */
  double loss(double temperature) {
    double sum = 0;
    int n = groups.length;
    for (int i = 0; i < n; i++) {
      sum += oneLoss(images[i], texts, i, temperature) + oneLoss(texts[i], images, i, temperature);
    }
    return sum / (2 * n);
  }

  private double oneLoss(float[] query, float[][] gallery, int own, double temperature) {
    double[] scores = scores(query, gallery);
    double most = Double.NEGATIVE_INFINITY;
    for (double s : scores) {
      most = Math.max(most, s);
    }
    double total = 0;
    for (int j = 0; j < scores.length; j++) {
      if (j == own || groups[j] != groups[own]) {
        total += Math.exp((scores[j] - most) / temperature);
      }
    }
    return Math.log(total) - (scores[own] - most) / temperature;
  }

  /** Cosines. */
  static double[] scores(float[] query, float[][] gallery) {
    double[] out = new double[gallery.length];
    for (int j = 0; j < out.length; j++) {
      for (int d = 0; d < query.length; d++) {
        out[j] += (double) query[d] * gallery[j][d];
      }
    }
    return out;
  }
}
