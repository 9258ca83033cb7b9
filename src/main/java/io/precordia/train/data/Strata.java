package io.precordia.train.data;

import java.util.LinkedHashMap;
import java.util.Map;

/** Subgroups of a manifest's row: columns as they are, and the age in three bands. */
final class Strata {
  private static final int MIDDLE = 45;
  private static final int OLD = 65;

  private Strata() {}

  /**
   * @param columns kept by their names, unless they are empty
   */
  static Map<String, String> of(Map<String, String> row, String... columns) {
    Map<String, String> out = new LinkedHashMap<>();
    for (String column : columns) {
      String value = row.getOrDefault(column, "");
      if (!value.isEmpty()) {
        out.put(column, value);
      }
    }
    String age = row.getOrDefault("age", "");
    if (age.matches("[0-9]{1,3}([.][0-9]*)?")) {
      double years = Double.parseDouble(age);
      out.put(
          "age",
          years < MIDDLE
              ? "under " + MIDDLE
              : years < OLD ? MIDDLE + " to " + (OLD - 1) : OLD + " and over");
    }
    return out;
  }
}
