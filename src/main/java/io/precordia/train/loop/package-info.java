/** The trainer: steps, stages, checkpoints, metrics file (floor 4). */
@NullMarked
package io.precordia.train.loop;

import org.jspecify.annotations.NullMarked;
