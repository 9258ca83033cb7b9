package io.precordia.api;

import io.precordia.dicom.deid.DeidentificationProfile;
import io.precordia.dicom.deid.ProfileOption;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.workspace.exports.DeidentificationProfiles;
import io.smallrye.config.WithDefault;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What exports and shared views leave out: keys under {@code precordia.deidentification.}. */
public interface DeidentificationConfig {
  /**
   * Profiles by name, beside {@code basic} and {@code research}: the Basic Application Level
   * Confidentiality Profile (PS3.15 Annex E) with these options.
   */
  Map<String, Profile> profiles();

  /** Options of one profile. */
  interface Profile {
    /** Dates and times: remove, shift (by a secret number of days for each subject) or keep. */
    @WithDefault("remove")
    DeidentificationProfile.Dates dates();

    /** Keep UIDs. */
    @WithDefault("false")
    boolean retainUids();

    /** Keep device serial numbers, station names and the like. */
    @WithDefault("false")
    boolean retainDeviceIdentity();

    /** Keep institution names and addresses. */
    @WithDefault("false")
    boolean retainInstitutionIdentity();

    /** Keep sex, age (90 for what is above 89), size, weight and the like. */
    @WithDefault("false")
    boolean retainPatientCharacteristics();

    /** Keep the private attributes that PS3.15 names as safe. */
    @WithDefault("false")
    boolean retainSafePrivate();

    /** Keep descriptions and comments without what identifies; otherwise they go. */
    @WithDefault("true")
    boolean cleanDescriptors();

    /**
     * Keep the content of structured reports without what identifies; otherwise reports are
     * refused.
     */
    @WithDefault("true")
    boolean cleanStructuredContent();

    /** Keep overlays and annotations without text that identifies; otherwise they go. */
    @WithDefault("true")
    boolean cleanGraphics();

    /** Blank text in pixels; otherwise images that may have some are refused. */
    @WithDefault("true")
    boolean cleanPixelData();
  }

  /**
   * All profiles.
   *
   * @throws PrecordiaException INVALID_CONFIGURATION for a name that is none
   */
  default DeidentificationProfiles all() {
    Map<String, DeidentificationProfile> configured = new HashMap<>();
    profiles()
        .forEach(
            (name, profile) -> {
              if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
                throw new PrecordiaException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "names of de-identification profiles are of a-z, 0-9 and hyphens, at most 40");
              }
              configured.put(name, of(profile));
            });
    return new DeidentificationProfiles(configured);
  }

  private static DeidentificationProfile of(Profile p) {
    Set<ProfileOption> options = EnumSet.of(ProfileOption.BASIC_PROFILE);
    switch (p.dates()) {
      case KEEP -> options.add(ProfileOption.RETAIN_FULL_DATES);
      case SHIFT -> options.add(ProfileOption.RETAIN_MODIFIED_DATES);
      case REMOVE -> {}
    }
    add(options, p.retainUids(), ProfileOption.RETAIN_UIDS);
    add(options, p.retainDeviceIdentity(), ProfileOption.RETAIN_DEVICE_IDENTITY);
    add(options, p.retainInstitutionIdentity(), ProfileOption.RETAIN_INSTITUTION_IDENTITY);
    add(options, p.retainPatientCharacteristics(), ProfileOption.RETAIN_PATIENT_CHARACTERISTICS);
    add(options, p.retainSafePrivate(), ProfileOption.RETAIN_SAFE_PRIVATE);
    add(options, p.cleanDescriptors(), ProfileOption.CLEAN_DESCRIPTORS);
    add(options, p.cleanStructuredContent(), ProfileOption.CLEAN_STRUCTURED_CONTENT);
    add(options, p.cleanGraphics(), ProfileOption.CLEAN_GRAPHICS);
    add(options, p.cleanPixelData(), ProfileOption.CLEAN_PIXEL_DATA);
    return new DeidentificationProfile(options);
  }

  private static void add(Set<ProfileOption> options, boolean wanted, ProfileOption option) {
    if (wanted) {
      options.add(option);
    }
  }
}
