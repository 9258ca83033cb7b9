package io.precordia.dicom.deid;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The Basic Profile with the options that apply.
 *
 * @param options always contains BASIC_PROFILE; at most one of the two date options
 */
public record DeidentificationProfile(Set<ProfileOption> options) {
  /** What to do with dates and times. */
  public enum Dates {
    /** Removed, emptied or replaced by a constant, as the Basic Profile says. */
    REMOVE,
    /** All of a subject moved by the same secret number of days. */
    SHIFT,
    /** As they are. */
    KEEP
  }

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION if both date options are given
   */
  public DeidentificationProfile {
    EnumSet<ProfileOption> all = EnumSet.of(ProfileOption.BASIC_PROFILE);
    all.addAll(options);
    if (all.contains(ProfileOption.RETAIN_FULL_DATES)
        && all.contains(ProfileOption.RETAIN_MODIFIED_DATES)) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "a de-identification profile keeps dates or shifts them, not both");
    }
    options = Collections.unmodifiableSet(all);
  }

  /** The Basic Profile with these options. */
  public static DeidentificationProfile of(ProfileOption... options) {
    return new DeidentificationProfile(Set.of(options));
  }

  /**
   * What is shared for research: dates shifted, patient characteristics kept, and texts, structured
   * content, graphics and pixels cleaned.
   */
  public static DeidentificationProfile research() {
    return of(
        ProfileOption.RETAIN_MODIFIED_DATES,
        ProfileOption.RETAIN_PATIENT_CHARACTERISTICS,
        ProfileOption.CLEAN_DESCRIPTORS,
        ProfileOption.CLEAN_STRUCTURED_CONTENT,
        ProfileOption.CLEAN_GRAPHICS,
        ProfileOption.CLEAN_PIXEL_DATA);
  }

  public boolean has(ProfileOption option) {
    return options.contains(option);
  }

  public Dates dates() {
    return has(ProfileOption.RETAIN_FULL_DATES)
        ? Dates.KEEP
        : has(ProfileOption.RETAIN_MODIFIED_DATES) ? Dates.SHIFT : Dates.REMOVE;
  }
}
