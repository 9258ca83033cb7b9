package io.precordia.store;

import java.util.List;

/** Rows without content, for benchmarks of what reads rows only. */
public final class CatalogueFill {
  private CatalogueFill() {}

  public static void insert(Store store, List<NewInstance> instances) {
    List<String> unused = store.records().insert(instances);
  }
}
