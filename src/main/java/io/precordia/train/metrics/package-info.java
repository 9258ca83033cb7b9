/** Ranking metrics, bootstrap intervals and probability calibration (floor 4). */
@NullMarked
package io.precordia.train.metrics;

import org.jspecify.annotations.NullMarked;
