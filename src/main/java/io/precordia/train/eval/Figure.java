package io.precordia.train.eval;

import io.precordia.train.metrics.Interval;

/**
 * One measured figure.
 *
 * @param task what was asked of which data
 * @param metric name of the measure
 * @param records studies in the gallery
 * @param positives studies that show the fact; 0 for a mean over facts
 * @param value with its interval
 * @param chance value of a random ranking
 */
public record Figure(
    String task, String metric, int records, int positives, Interval value, double chance) {}
