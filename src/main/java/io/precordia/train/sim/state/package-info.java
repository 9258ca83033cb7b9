/** The latent patient state and how it is drawn (floor 4, chest simulator). */
@NullMarked
package io.precordia.train.sim.state;

import org.jspecify.annotations.NullMarked;
