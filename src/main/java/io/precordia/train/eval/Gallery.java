package io.precordia.train.eval;

import io.precordia.study.Modality;
import io.precordia.train.data.EcgAugmentation;
import io.precordia.train.data.StudySample;
import io.precordia.train.text.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

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
      float[][] some =
          modality == Modality.XRAY
              ? embedder.xrays(xrays(chunk), chunk.size())
              : embedder.ecgs(ecgs(chunk), chunk.size());
      System.arraycopy(some, 0, vectors, from, some.length);
    }
    return new Gallery(modality, studies, vectors);
  }

  static byte[] xrays(List<StudySample> chunk) {
    int size = chunk.getFirst().xray().length;
    byte[] all = new byte[chunk.size() * size];
    for (int i = 0; i < chunk.size(); i++) {
      System.arraycopy(chunk.get(i).xray(), 0, all, i * size, size);
    }
    return all;
  }

  static float[] ecgs(List<StudySample> chunk) {
    int size = chunk.getFirst().ecg().length;
    float[] all = new float[chunk.size() * size];
    for (int i = 0; i < chunk.size(); i++) {
      EcgAugmentation.plain(chunk.get(i).ecg(), all, i * size);
    }
    return all;
  }

  /** The studies that pass. */
  public Gallery only(Predicate<StudySample> keep) {
    int[] kept =
        IntStream.range(0, studies.size()).filter(i -> keep.test(studies.get(i))).toArray();
    return new Gallery(
        modality,
        Arrays.stream(kept).mapToObj(studies::get).toList(),
        Arrays.stream(kept).mapToObj(i -> vectors[i]).toArray(float[][]::new));
  }

  /** The studies of both, of one modality. */
  public Gallery and(Gallery other) {
    List<StudySample> all = new ArrayList<>(studies);
    all.addAll(other.studies);
    float[][] joined = Arrays.copyOf(vectors, all.size());
    System.arraycopy(other.vectors, 0, joined, vectors.length, other.vectors.length);
    return new Gallery(modality, all, joined);
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
