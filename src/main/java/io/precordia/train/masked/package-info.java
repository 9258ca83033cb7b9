/** Masked modelling: self-supervised warm-up of the image and signal branches (floor 4). */
@NullMarked
package io.precordia.train.masked;

import org.jspecify.annotations.NullMarked;
