package io.precordia.api;

import org.jspecify.annotations.Nullable;

/**
 * What the weights' calibration says of one finding that it was fitted for.
 *
 * @param fact id of the finding, as in calibration.json
 * @param name its first name
 * @param presence probability that the finding is there, 0 to 1
 * @param decision present, absent or abstain; null if the weights carry no threshold
 * @param coverage share of the validation patients that a decision was made for, null without one
 */
public record CalibratedFinding(
    String fact,
    String name,
    double presence,
    @Nullable String decision,
    @Nullable Double coverage) {}
