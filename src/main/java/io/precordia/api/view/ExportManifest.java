package io.precordia.api.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an export holds; {@code manifest.json} in its archive.
 *
 * @param profile de-identification profile, or null for files as they came
 * @param instances instances that were asked for
 * @param files files given out
 * @param refused instances that were not given out, with the reasons
 */
public record ExportManifest(
    @Nullable String profile, int instances, int files, List<Refused> refused) {
  /** One instance and why. */
  public record Refused(String instance, String code, String message) {}
}
