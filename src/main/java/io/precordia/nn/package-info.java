/** Layers written once against the compute contract (floor 2). */
@NullMarked
package io.precordia.nn;

import org.jspecify.annotations.NullMarked;
