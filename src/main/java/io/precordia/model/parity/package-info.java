/** Replays reference outputs and tells how far this program's differ (floor 3). */
@NullMarked
package io.precordia.model.parity;

import org.jspecify.annotations.NullMarked;
