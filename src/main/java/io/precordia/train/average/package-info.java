/** The average of trained models (floor 4). */
@NullMarked
package io.precordia.train.average;

import org.jspecify.annotations.NullMarked;
