/** Records, encrypted blobs, per-subject keys (floor 4). */
@NullMarked
package io.precordia.store;

import org.jspecify.annotations.NullMarked;
