package io.precordia.train.adapter;

import io.precordia.report.ReportTokenizer;
import io.precordia.study.Modality;
import io.precordia.train.data.EcgAugmentation;
import io.precordia.train.data.XrayAugmentation;
import io.precordia.train.optim.StepSeed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Draws batches with at most one pair of a subject and kind. A batch depends on seed and step
 * alone. Evidence whose branch has no adapted layer comes as vectors, the very ones that the
 * service has indexed, and is not augmented.
 */
final class PairSampler {
  /** A site's report names small and marginal things, so that a crop may lose little. */
  private static final double LEAST_AREA = 0.9;

  private final List<List<SitePair>> xrays;
  private final List<List<SitePair>> ecgs;
  private final ReportTokenizer tokenizer;
  private final int maxTokens;
  private final int side;
  private final int batch;
  private final long seed;
  private final Map<SitePair, float[]> vectors;

  /**
   * @param vectors of pairs that need no forward pass, by identity
   */
  PairSampler(
      PairSplit split,
      Map<SitePair, float[]> vectors,
      ReportTokenizer tokenizer,
      int maxTokens,
      int side,
      int batch,
      long seed) {
    this.vectors = vectors;
    this.xrays = bySubject(split.training().getOrDefault(Modality.XRAY, List.of()));
    this.ecgs = bySubject(split.training().getOrDefault(Modality.ECG, List.of()));
    this.tokenizer = tokenizer;
    this.maxTokens = maxTokens;
    this.side = side;
    this.batch = batch;
    this.seed = seed;
  }

  private static List<List<SitePair>> bySubject(List<SitePair> pairs) {
    Map<String, List<SitePair>> out = new LinkedHashMap<>();
    pairs.forEach(p -> out.computeIfAbsent(p.subject(), s -> new ArrayList<>()).add(p));
    return List.copyOf(out.values());
  }

  PairBatch make(long step) {
    SplittableRandom random = new SplittableRandom(StepSeed.of(seed, step));
    List<SitePair> x = draw(xrays, random);
    List<SitePair> e = draw(ecgs, random);
    float[] xrayVectors = known(x);
    float[] ecgVectors = known(e);
    byte[] octets = xrayVectors.length > 0 ? new byte[0] : octets(x, random);
    float[] values = ecgVectors.length > 0 ? new float[0] : values(e, random);
    List<SitePair> both = new ArrayList<>(x);
    both.addAll(e);
    int[][] ids = both.stream().map(p -> tokenizer.ids(p.text(), maxTokens)).toArray(int[][]::new);
    return new PairBatch(octets, values, xrayVectors, ecgVectors, ids, groups(x), groups(e));
  }

  private byte[] octets(List<SitePair> pairs, SplittableRandom random) {
    byte[] out = new byte[pairs.size() * side * side];
    for (int i = 0; i < pairs.size(); i++) {
      byte[] grey = pairs.get(i).xray();
      XrayAugmentation.apply(grey, side, LEAST_AREA, random.split(), out, i * side * side);
    }
    return out;
  }

  private static float[] values(List<SitePair> pairs, SplittableRandom random) {
    int length = pairs.isEmpty() ? 0 : pairs.getFirst().ecg().length;
    float[] out = new float[pairs.size() * length];
    for (int i = 0; i < pairs.size(); i++) {
      EcgAugmentation.apply(pairs.get(i).ecg(), random.split(), out, i * length);
    }
    return out;
  }

  /** Vectors of all pairs in a row; empty unless they are known. */
  private float[] known(List<SitePair> pairs) {
    float[] out = {};
    for (int i = 0; i < pairs.size(); i++) {
      float[] vector = vectors.get(pairs.get(i));
      if (vector == null) {
        return new float[0];
      }
      out = i == 0 ? new float[pairs.size() * vector.length] : out;
      System.arraycopy(vector, 0, out, i * vector.length, vector.length);
    }
    return out;
  }

  private List<SitePair> draw(List<List<SitePair>> from, SplittableRandom random) {
    int[] order = new int[from.size()];
    List<SitePair> out = new ArrayList<>();
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    for (int i = 0; i < order.length && out.size() < batch; i++) {
      int other = random.nextInt(i, order.length);
      int chosen = order[other];
      order[other] = order[i];
      List<SitePair> ofSubject = from.get(chosen);
      out.add(ofSubject.get(random.nextInt(ofSubject.size())));
    }
    return out;
  }

  /** Number of each pair's text among the pairs; equal texts have equal numbers. */
  static long[] groups(List<SitePair> pairs) {
    Map<String, Integer> numbers = new HashMap<>();
    return pairs.stream()
        .mapToLong(p -> numbers.computeIfAbsent(p.text(), t -> numbers.size()))
        .toArray();
  }
}
