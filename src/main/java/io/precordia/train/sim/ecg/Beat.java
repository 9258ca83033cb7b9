package io.precordia.train.sim.ecg;

import io.precordia.train.sim.ecg.EcgRecording.Origin;

/**
 * One activation of the ventricles.
 *
 * @param onsetMs onset of QRS; may lie just before or after the strip
 * @param rrMs time since the beat before
 * @param origin where it comes from
 * @param prMs time since the onset of the P wave that belongs to it, NaN without one
 */
record Beat(double onsetMs, double rrMs, Origin origin, double prMs) {}
