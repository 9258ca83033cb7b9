package io.precordia.serve;

import io.precordia.study.ModelRef;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How strongly one caller's items used the members of its router, vector by vector. Thread-safe.
 */
final class RoutingRecord {
  private final List<ModelRef.AdapterRef> members;
  private final Map<float[], double[]> byVector = new IdentityHashMap<>();

  /**
   * @param members in the router's order; empty where nothing is routed
   */
  RoutingRecord(List<ModelRef.AdapterRef> members) {
    this.members = List.copyOf(members);
  }

  synchronized void add(float[] vector, double[] shares) {
    byVector.put(vector, shares);
  }

  /** Members that took part in anything so far, with their mean weight. */
  synchronized List<ModelRef.AdapterRef> all() {
    return mean(List.copyOf(byVector.values()));
  }

  /** Members that took part in some vectors, with their mean weight. */
  synchronized List<ModelRef.AdapterRef> of(List<float[]> vectors) {
    return mean(vectors.stream().map(byVector::get).filter(Objects::nonNull).toList());
  }

  private List<ModelRef.AdapterRef> mean(List<double[]> rows) {
    List<ModelRef.AdapterRef> out = new ArrayList<>();
    for (int k = 0; k < members.size() && !rows.isEmpty(); k++) {
      int member = k;
      double mean = rows.stream().mapToDouble(r -> r[member]).average().orElse(0);
      if (mean != 0) {
        out.add(new ModelRef.AdapterRef(members.get(k).name(), members.get(k).sha256(), mean));
      }
    }
    return out;
  }
}
