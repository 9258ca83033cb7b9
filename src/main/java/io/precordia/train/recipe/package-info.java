/** Training recipes in YAML (floor 4). */
@NullMarked
package io.precordia.train.recipe;

import org.jspecify.annotations.NullMarked;
