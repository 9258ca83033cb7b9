/** Disturbed inputs and how zero-shot figures fall with them (floor 4). */
@NullMarked
package io.precordia.train.robust;

import org.jspecify.annotations.NullMarked;
