/** Exact vector index and word index with filters (floor 4). */
@NullMarked
package io.precordia.index;

import org.jspecify.annotations.NullMarked;
