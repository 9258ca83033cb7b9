/** Training and evaluation studies: manifests, simulator, augmentation, batches (floor 4). */
@NullMarked
package io.precordia.train.data;

import org.jspecify.annotations.NullMarked;
