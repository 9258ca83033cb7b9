/** REST doors (floor 6). */
@NullMarked
package io.precordia.api;

import org.jspecify.annotations.NullMarked;
