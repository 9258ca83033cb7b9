package io.precordia.train.sim.ecg;

/**
 * One activation of the atria.
 *
 * @param onsetMs onset of the P wave
 * @param ectopic whether it starts outside the sinus node
 */
record PWave(double onsetMs, boolean ectopic) {}
