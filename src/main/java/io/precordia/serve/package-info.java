/** Model loading, batching, admission (floor 4). */
@NullMarked
package io.precordia.serve;

import org.jspecify.annotations.NullMarked;
