/** Zero-shot evaluation and calibration (floor 4). */
@NullMarked
package io.precordia.train.eval;

import org.jspecify.annotations.NullMarked;
