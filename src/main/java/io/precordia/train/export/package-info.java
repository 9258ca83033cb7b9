/** Model folders ready to ship (floor 4). */
@NullMarked
package io.precordia.train.export;

import org.jspecify.annotations.NullMarked;
