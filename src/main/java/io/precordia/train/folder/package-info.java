/** Evaluation of a model on any folder with a manifest (floor 4). */
@NullMarked
package io.precordia.train.folder;

import org.jspecify.annotations.NullMarked;
