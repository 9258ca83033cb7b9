package io.precordia.train.metrics;

/**
 * A value with a bootstrap interval.
 *
 * @param value on the whole sample
 * @param low 2.5th percentile over resamples
 * @param high 97.5th percentile over resamples
 * @param resamples resamples in which the value was defined
 */
public record Interval(double value, double low, double high, int resamples) {}
