/** Stable error codes and the one exception type that carries them (floor 0). */
@NullMarked
package io.precordia.error;

import org.jspecify.annotations.NullMarked;
