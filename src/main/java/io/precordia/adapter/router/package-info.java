/** Routers over several adapters: their folder, their gates or classifier (floor 3). */
@NullMarked
package io.precordia.adapter.router;

import org.jspecify.annotations.NullMarked;
