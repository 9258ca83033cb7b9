/** The chest simulator (floor 4). */
@NullMarked
package io.precordia.train.sim;

import org.jspecify.annotations.NullMarked;
