/** Tables and plots of an evaluation (floor 4). */
@NullMarked
package io.precordia.train.figures;

import org.jspecify.annotations.NullMarked;
