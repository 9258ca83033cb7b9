/** Encoders: what the floors above see of a model (floor 3). */
@NullMarked
package io.precordia.model;

import org.jspecify.annotations.NullMarked;
