/** Replays reference outputs of training arithmetic (floor 4). */
@NullMarked
package io.precordia.train.parity;

import org.jspecify.annotations.NullMarked;
