/** Linear probes and few-shot curves on frozen features (floor 4). */
@NullMarked
package io.precordia.train.probe;

import org.jspecify.annotations.NullMarked;
