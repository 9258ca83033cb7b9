/** safetensors, hub-format folders, checksums (floor 1). */
@NullMarked
package io.precordia.weights;

import org.jspecify.annotations.NullMarked;
