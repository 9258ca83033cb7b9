/**
 * Writers of result objects about a received image or ECG: structured reports, secondary captures,
 * parametric maps and presentation states (floor 2, part of dicom).
 */
@NullMarked
package io.precordia.dicom.result;

import org.jspecify.annotations.NullMarked;
