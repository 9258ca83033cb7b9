package io.precordia.train.explain;

import io.precordia.model.explain.XrayRelevance;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How fast a score falls when the patches of a film are greyed out in a given order, and how fast
 * it rises when a grey film is filled in (Petsiuk et al., BMVC 2018). The value is the mean score
 * on the way less that of the grey film: a contrast of cosines, not scaled, because the two ends
 * may lie close together.
 */
final class DeletionCurve {
  private static final int STEPS = 14;
  private final ExplainedModel model;
  private final float[] film;
  private final String fact;

  DeletionCurve(ExplainedModel model, float[] film, String fact) {
    this.model = model;
    this.film = film;
    this.fact = fact;
  }

  /**
   * @param deletion mean while patches are taken away; the lower, the better the order
   * @param insertion mean while they are put in; the higher, the better
   */
  record Areas(double deletion, double insertion) {}

  Areas by(XrayRelevance map) {
    int n = model.patches();
    float[] values = map.pixels(n, n);
    return along(
        IntStream.range(0, n * n)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -values[i]))
            .mapToInt(Integer::intValue)
            .toArray());
  }

  Areas random(long seed) {
    int[] order = IntStream.range(0, model.patches() * model.patches()).toArray();
    Random random = new Random(seed);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return along(order);
  }

  private Areas along(int[] order) {
    int side = model.side();
    int patch = side / model.patches();
    float mean = mean(film);
    float[] grey = new float[film.length];
    Arrays.fill(grey, mean);
    float[] all = new float[2 * (STEPS + 1) * film.length];
    for (int step = 0; step <= STEPS; step++) {
      float[] less = film.clone();
      float[] more = grey.clone();
      for (int k = 0; k < order.length * step / STEPS; k++) {
        int top = order[k] / model.patches() * patch;
        int left = order[k] % model.patches() * patch;
        for (int y = top; y < top + patch; y++) {
          int at = y * side + left;
          Arrays.fill(less, at, at + patch, mean);
          System.arraycopy(film, at, more, at, patch);
        }
      }
      System.arraycopy(less, 0, all, step * film.length, film.length);
      System.arraycopy(more, 0, all, (STEPS + 1 + step) * film.length, film.length);
    }
    double[] scores = model.scores(all, fact);
    double none = scores[STEPS];
    double deletion = 0;
    double insertion = 0;
    for (int step = 0; step <= STEPS; step++) {
      deletion += (scores[step] - none) / (STEPS + 1);
      insertion += (scores[STEPS + 1 + step] - none) / (STEPS + 1);
    }
    return new Areas(deletion, insertion);
  }

  private static float mean(float[] values) {
    double sum = 0;
    for (float v : values) {
      sum += v;
    }
    return (float) (sum / values.length);
  }
}
