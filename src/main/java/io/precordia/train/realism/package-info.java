/** How far simulated studies are from real ones (floor 4). */
@NullMarked
package io.precordia.train.realism;

import org.jspecify.annotations.NullMarked;
