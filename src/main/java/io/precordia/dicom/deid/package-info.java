/**
 * De-identification of DICOM objects by the Basic Application Level Confidentiality Profile and its
 * options (PS3.15 Annex E).
 */
@NullMarked
package io.precordia.dicom.deid;

import org.jspecify.annotations.NullMarked;
