/** Two-tower models of the hub, each after its reference definition (floor 3). */
@NullMarked
package io.precordia.model.pair;

import org.jspecify.annotations.NullMarked;
