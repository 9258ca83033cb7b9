/** Uploads: multipart bodies read within bounds (floor 6). */
@NullMarked
package io.precordia.api.upload;

import org.jspecify.annotations.NullMarked;
