/** One opened data directory with everything that works on it (between floors 5 and 6). */
@NullMarked
package io.precordia.workspace;

import org.jspecify.annotations.NullMarked;
