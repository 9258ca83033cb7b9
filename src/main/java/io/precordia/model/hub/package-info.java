/** Model folders in the Hugging Face hub's layout: configuration and weights (floor 3). */
@NullMarked
package io.precordia.model.hub;

import org.jspecify.annotations.NullMarked;
