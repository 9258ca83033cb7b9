/** Text that is drawn into pixels: where it is. Pure arrays; knows nothing of files. */
@NullMarked
package io.precordia.imaging.text;

import org.jspecify.annotations.NullMarked;
