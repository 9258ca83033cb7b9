/** Adapters by name: immutable versions on disk, movable tags, leases (floor 4). */
@NullMarked
package io.precordia.serve.adapters;

import org.jspecify.annotations.NullMarked;
