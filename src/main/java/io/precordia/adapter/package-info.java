/** Adaptation methods behind one interface (floor 3). */
@NullMarked
package io.precordia.adapter;

import org.jspecify.annotations.NullMarked;
