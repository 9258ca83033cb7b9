package io.precordia.workspace.exports;

import io.precordia.dicom.deid.DeidentificationProfile;
import io.precordia.dicom.deid.ProfileOption;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.Map;
import java.util.TreeMap;

/** Profiles by name: {@code basic} and {@code research}, and those of the configuration. */
public final class DeidentificationProfiles {
  /** Shared views are made under this one. */
  public static final String RESEARCH = "research";

  private final Map<String, DeidentificationProfile> profiles = new TreeMap<>();

  /**
   * @param configured may give {@code basic} and {@code research} another meaning
   */
  public DeidentificationProfiles(Map<String, DeidentificationProfile> configured) {
    profiles.put(
        "basic",
        DeidentificationProfile.of(
            ProfileOption.CLEAN_PIXEL_DATA, ProfileOption.CLEAN_STRUCTURED_CONTENT));
    profiles.put(RESEARCH, DeidentificationProfile.research());
    profiles.putAll(configured);
  }

  /**
   * @throws PrecordiaException INVALID_ARGUMENT if there is none of this name
   */
  public DeidentificationProfile of(String name) {
    DeidentificationProfile profile = profiles.get(name);
    if (profile == null) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "no such de-identification profile; there are " + String.join(", ", profiles.keySet()));
    }
    return profile;
  }
}
