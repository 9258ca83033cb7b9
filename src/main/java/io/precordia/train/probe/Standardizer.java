package io.precordia.train.probe;

import java.util.HashMap;
import java.util.Map;

/**
 * Centres each column by the mean of the record's group and divides it by the deviation around
 * these means, both of the training records: what merely tells the groups apart (the view of a
 * film) is gone before a probe is fitted. A group that training lacks is centred by the mean of
 * all.
 */
final class Standardizer {
  private static final String ALL = "";
  private final Map<String, double[]> means = new HashMap<>();
  private final double[] deviation;

  Standardizer(ProbeSet train) {
    int width = train.features()[0].length;
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < train.size(); i++) {
      float[] row = train.features()[i];
      for (String group : new String[] {ALL, key(train, i)}) {
        double[] sum = means.computeIfAbsent(group, k -> new double[width]);
        counts.merge(group, 1, Integer::sum);
        for (int j = 0; j < width; j++) {
          sum[j] += row[j];
        }
      }
    }
    means.forEach(
        (group, sum) -> {
          for (int j = 0; j < width; j++) {
            sum[j] /= counts.getOrDefault(group, 1);
          }
        });
    deviation = new double[width];
    for (int i = 0; i < train.size(); i++) {
      double[] mean = mean(train, i);
      for (int j = 0; j < width; j++) {
        double d = train.features()[i][j] - mean[j];
        deviation[j] += d * d;
      }
    }
    for (int j = 0; j < width; j++) {
      deviation[j] = Math.max(1e-6, Math.sqrt(deviation[j] / train.size()));
    }
  }

  float[][] apply(ProbeSet set) {
    float[][] out = new float[set.size()][];
    for (int i = 0; i < out.length; i++) {
      double[] mean = mean(set, i);
      out[i] = new float[mean.length];
      for (int j = 0; j < mean.length; j++) {
        out[i][j] = (float) ((set.features()[i][j] - mean[j]) / deviation[j]);
      }
    }
    return out;
  }

  private static String key(ProbeSet set, int record) {
    return "group " + set.groups().get(record);
  }

  private double[] mean(ProbeSet set, int record) {
    double[] own = means.get(key(set, record));
    return own == null ? means.getOrDefault(ALL, new double[0]) : own;
  }
}
