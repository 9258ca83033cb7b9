package io.precordia.train.eval;

import io.precordia.study.Modality;
import io.precordia.train.data.EcgAugmentation;
import io.precordia.train.data.StudySample;
import io.precordia.train.text.Fact;
import java.util.List;

/**
 * Studies with their embeddings in one modality.
 *
 * @param vectors [studies][projection], unit norm
 */
public record Gallery(Modality modality, List<StudySample> studies, float[][] vectors) {
  private static final int CHUNK = 128;

  /** Embeds studies without augmentation. */
  public static Gallery of(Modality modality, List<StudySample> studies, BranchEmbedder embedder) {
    float[][] vectors = new float[studies.size()][];
    for (int from = 0; from < studies.size(); from += CHUNK) {
      List<StudySample> chunk = studies.subList(from, Math.min(studies.size(), from + CHUNK));
      float[][] some = modality == Modality.XRAY ? xrays(chunk, embedder) : ecgs(chunk, embedder);
      System.arraycopy(some, 0, vectors, from, some.length);
    }
    return new Gallery(modality, studies, vectors);
  }

  private static float[][] xrays(List<StudySample> chunk, BranchEmbedder embedder) {
    int size = chunk.getFirst().xray().length;
    byte[] all = new byte[chunk.size() * size];
    for (int i = 0; i < chunk.size(); i++) {
      System.arraycopy(chunk.get(i).xray(), 0, all, i * size, size);
    }
    return embedder.xrays(all, chunk.size());
  }

  private static float[][] ecgs(List<StudySample> chunk, BranchEmbedder embedder) {
    int size = chunk.getFirst().ecg().length;
    float[] all = new float[chunk.size() * size];
    for (int i = 0; i < chunk.size(); i++) {
      EcgAugmentation.plain(chunk.get(i).ecg(), all, i * size);
    }
    return embedder.ecgs(all, chunk.size());
  }

  /** Cosine with a direction. */
  public double[] scores(float[] direction) {
    double[] out = new double[vectors.length];
    for (int i = 0; i < out.length; i++) {
      for (int d = 0; d < direction.length; d++) {
        out[i] += (double) vectors[i][d] * direction[d];
      }
    }
    return out;
  }

  /** Whether each study is known to show the fact. */
  public boolean[] present(Fact fact) {
    boolean[] out = new boolean[studies.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = studies.get(i).knowledge(modality).present().get(fact.index());
    }
    return out;
  }
}
