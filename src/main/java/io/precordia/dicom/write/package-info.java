/**
 * Writers of valid DICOM objects: CR and DX images, 12-lead ECG waveforms, Basic Text SR (floor 2,
 * part of dicom).
 */
@NullMarked
package io.precordia.dicom.write;

import org.jspecify.annotations.NullMarked;
