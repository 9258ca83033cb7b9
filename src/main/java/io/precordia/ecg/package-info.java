/** ECG decoding and preprocessing, no I/O policy (floor 2). */
@NullMarked
package io.precordia.ecg;

import org.jspecify.annotations.NullMarked;
