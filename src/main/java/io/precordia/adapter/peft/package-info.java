/** Adapters in PEFT's folder format, read and written (floor 3). */
@NullMarked
package io.precordia.adapter.peft;

import org.jspecify.annotations.NullMarked;
