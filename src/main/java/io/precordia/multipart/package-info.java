/** Multipart bodies (RFC 2046), read within bounds (floor 0). */
@NullMarked
package io.precordia.multipart;

import org.jspecify.annotations.NullMarked;
