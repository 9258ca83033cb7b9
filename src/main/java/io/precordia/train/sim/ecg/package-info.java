/** The dynamical 12-lead ECG (floor 4, chest simulator). */
@NullMarked
package io.precordia.train.sim.ecg;

import org.jspecify.annotations.NullMarked;
