/** The analytic thorax and its projection radiograph (floor 4, chest simulator). */
@NullMarked
package io.precordia.train.sim.xray;

import org.jspecify.annotations.NullMarked;
