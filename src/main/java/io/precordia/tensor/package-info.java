/** The compute contract: whole-layer operations over tensors with explicit lifetimes (floor 1). */
@NullMarked
package io.precordia.tensor;

import org.jspecify.annotations.NullMarked;
