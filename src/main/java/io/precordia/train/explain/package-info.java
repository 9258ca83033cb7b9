/** How far explanations point at what a simulated study shows (floor 4). */
@NullMarked
package io.precordia.train.explain;

import org.jspecify.annotations.NullMarked;
