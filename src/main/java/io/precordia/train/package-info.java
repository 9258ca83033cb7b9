/** Losses, optimisers, data, trainers, metrics (floor 4). */
@NullMarked
package io.precordia.train;

import org.jspecify.annotations.NullMarked;
