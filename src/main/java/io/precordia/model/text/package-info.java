/** Text encoders of the hub, each after its reference definition (floor 3). */
@NullMarked
package io.precordia.model.text;

import org.jspecify.annotations.NullMarked;
