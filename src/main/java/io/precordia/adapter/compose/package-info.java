/** Merging and routing of several adapters (floor 3). */
@NullMarked
package io.precordia.adapter.compose;

import org.jspecify.annotations.NullMarked;
