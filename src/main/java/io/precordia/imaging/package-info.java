/** Pixels to model input and to display, no I/O (floor 2). */
@NullMarked
package io.precordia.imaging;

import org.jspecify.annotations.NullMarked;
