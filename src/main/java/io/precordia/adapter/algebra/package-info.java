/** Decompositions on the host in double precision, for adapter algebra (floor 3). */
@NullMarked
package io.precordia.adapter.algebra;

import org.jspecify.annotations.NullMarked;
