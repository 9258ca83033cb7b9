/** Simple rivals trained on the same records, for comparison (floor 4). */
@NullMarked
package io.precordia.train.baseline;

import org.jspecify.annotations.NullMarked;
