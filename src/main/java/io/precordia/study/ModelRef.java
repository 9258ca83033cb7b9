package io.precordia.study;

import java.util.List;

/**
 * Provenance of a result: which weights made it.
 *
 * @param sha256 digest over all files of the model folder, lower-case hex
 * @param preprocessing digest or name of the preprocessing constants used
 */
public record ModelRef(
    String id, String version, String sha256, List<AdapterRef> adapters, String preprocessing) {
  public ModelRef {
    adapters = List.copyOf(adapters);
  }

  /**
   * One adapter that took part.
   *
   * @param weight its factor in a weighted sum, 1 alone
   */
  public record AdapterRef(String name, String sha256, double weight) {
    public AdapterRef(String name, String sha256) {
      this(name, sha256, 1);
    }
  }
}
