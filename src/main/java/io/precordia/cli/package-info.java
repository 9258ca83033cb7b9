/** Commands (floor 7). */
@NullMarked
package io.precordia.cli;

import org.jspecify.annotations.NullMarked;
